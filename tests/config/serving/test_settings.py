"""What the owner sets holds in every process of a running server at once, without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.serving.conftest import Serve, Site, run_beside

SET = """
import django; django.setup()
from site_settings.verbs import change_settings
change_settings(values={"name": "The Heron", "languages": ["en", "nl"], "default_language": "nl"}, by=None)
"""
TIMES = 12  # connections, which the processes share
PATHS = ("/", "/feed/", "/no-such-page/")


def answers(site: Site, path: str, **headers: str) -> set[tuple[str, bool]]:
    """Return the language of each answer, and whether the new name stands in it."""
    asked = [site.ask(path, None, **headers) for _ in range(TIMES)]
    return {(one.headers["Content-Language"], "The Heron" in one.text) for one in asked}


@pytest.mark.parametrize("page_cache", ["64", "0"])
def test_settings_hold_in_all_processes_at_once(
    serve: Serve, staff: str, tmp_path: Path, page_cache: str
) -> None:
    site = serve(processes=2, PARLEY_PAGE_CACHE=page_cache)
    for path in PATHS:
        assert answers(site, path) == {("en", False)}
        assert answers(site, path, accept_language="de") == {
            ("en" if path == "/feed/" else "de", False)
        }
    assert answers(site, "/accounts/profile/", cookie=staff) == {("en", False)}
    run_beside(tmp_path, SET)
    for path in PATHS:
        assert answers(site, path) == {("nl", True)}
        assert answers(site, path, accept_language="de") == {("nl", True)}
        assert answers(site, path, accept_language="en") == {
            ("nl" if path == "/feed/" else "en", True)
        }
    assert answers(site, "/accounts/profile/", cookie=staff) == {("nl", True)}


@pytest.mark.usefixtures("staff")
def test_settings_hold_where_no_process_hears_of_others(serve: Serve, tmp_path: Path) -> None:
    """Where the processes can have no file in common, they look for themselves."""
    log = tmp_path / "data" / "run" / "changes-1"
    log.unlink()
    log.mkdir()
    site = serve(processes=2)
    assert answers(site, "/") == {("en", False)}
    run_beside(tmp_path, SET)
    assert answers(site, "/") == {("nl", True)}


def test_what_the_environment_fixes_holds(serve: Serve, staff: str, tmp_path: Path) -> None:
    site = serve(processes=2, PARLEY_SITE_NAME="Hosts", PARLEY_LANGUAGE="de")
    assert "Hosts" in site.ask("/").text
    assert site.ask("/").headers["Content-Language"] == "de"
