"""The table of numbers that processes share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from config.metrics.table import ROWS, Table

COLUMNS = ("asked", "held")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "figures"


def table_at(path: Path) -> Table:
    return Table(path, COLUMNS, levels=["held"])


def in_another_process(work: Callable[[], object]) -> int | None:
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def test_what_is_counted_adds_up_and_a_level_is_what_was_set_last(path: Path) -> None:
    table = table_at(path)
    for _ in range(2):
        table.add({"asked": 2})
        table.set({"held": 7})
    assert table.sums() == {"asked": 4, "held": 7}


def test_processes_are_summed_and_levels_end_with_theirs(path: Path) -> None:
    table = table_at(path)
    table.add({"asked": 1})
    table.set({"held": 10})
    seen = get_context("fork").SimpleQueue()

    def count() -> None:
        table.add({"asked": 5})
        table.set({"held": 3})
        seen.put(table.sums())

    assert in_another_process(count) == 0
    assert seen.get() == {"asked": 6, "held": 13}
    assert table.sums() == {"asked": 6, "held": 10}


def test_a_process_that_is_killed_leaves_its_row_to_the_next(path: Path) -> None:
    table = table_at(path)

    def die() -> None:
        table.add({"asked": 1})
        table.set({"held": 3})
        os.kill(os.getpid(), signal.SIGKILL)

    for _ in range(ROWS + 2):
        assert in_another_process(die) == -signal.SIGKILL
    assert table.sums() == {"asked": ROWS + 2, "held": 0}


def test_a_file_of_another_version_is_emptied(path: Path) -> None:
    table_at(path).add({"asked": 1})

    def look() -> None:
        assert Table(path, ["asked", "told"]).sums() == {"asked": 0, "told": 0}

    assert in_another_process(look) == 0


def test_without_a_file_the_process_counts_by_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "run").write_text("no folder")
    table = table_at(tmp_path / "run" / "figures")
    assert "/metrics tells of one process" in caplog.text
    table.add({"asked": 1})
    table.set({"held": 2})
    assert table.sums() == {"asked": 1, "held": 2}


def test_a_disk_without_room_is_an_error_in_the_log_and_no_signal(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    table = table_at(path)
    table.add({"asked": 1})
    assert table.sums()["asked"] == 1
    assert "No space left on device" in caplog.text
