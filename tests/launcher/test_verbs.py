"""The verbs that people may say, and what is answered to others."""

from __future__ import annotations

import pytest

from tests.launcher.conftest import ROOT, Run

VERBS = ["serve", "dev", "test", "check", "upgrade", "move", "help"]


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",), ("-h",)])
def test_help_names_every_verb(run_launcher: Run, arguments: tuple[str, ...]) -> None:
    done = run_launcher(*arguments)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")] == VERBS


def test_an_unknown_verb_is_answered_with_where_to_look(run_launcher: Run) -> None:
    done = run_launcher("fly")
    assert done.returncode == 1
    assert done.stderr == "parley: There is no verb “fly”: ./parley help lists them.\n"


@pytest.mark.parametrize("verb", ["serve", "dev", "check", "upgrade"])
def test_a_verb_that_takes_nothing_says_so(run_launcher: Run, verb: str) -> None:
    done = run_launcher(verb, "--fast")
    assert done.returncode == 1
    assert "takes nothing after it" in done.stderr


def test_the_readme_lists_every_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"./parley {verb}" not in readme] == ["help"]
