"""Processes and threads at once: no page is old after any of their changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pagecache.at_once import play
from tests.pagecache.changes import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_page_is_old_while_processes_and_threads_change_things(
    living_world: World, tmp_path: Path
) -> None:
    problems = play(
        log=tmp_path / "run" / "changes",
        processes=2,
        threads=2,
        rounds=8,
        seed=living_world.posts[0].pk,
    )
    assert problems == []
