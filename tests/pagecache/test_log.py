"""The log of changes: what one process writes, all others read."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from pagecache.log import EVERYTHING, POSITION, RECORDS, WORD, WRITERS, ChangeLog, hash_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "changes"


def test_another_process_reads_what_was_appended(path: Path) -> None:
    log, other = ChangeLog(path), ChangeLog(path)
    log.append(["post:1", "posts"])
    log.append(["post:2"], at=17.5)
    position, records = other.since(0)
    assert position == other.position == 3
    assert [tuple(one) for one in records] == [
        (hash_of("post:1"), 0.0),
        (hash_of("posts"), 0.0),
        (hash_of("post:2"), 17.5),
    ]
    assert other.since(position) == (3, [])


def test_whoever_was_away_too_long_forgets_everything(path: Path) -> None:
    log = ChangeLog(path)
    for number in range(RECORDS + 1):
        log.append([f"post:{number}"])
    assert [one.name for one in log.since(0)[1]] == [EVERYTHING]
    assert len(log.since(1)[1]) == RECORDS


def test_more_names_than_there_is_room_for_are_everything(path: Path) -> None:
    log = ChangeLog(path)
    log.append([f"post:{number}" for number in range(RECORDS)])
    assert [one.name for one in log.since(0)[1]] == [EVERYTHING]


def test_threads_and_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    ChangeLog(path)

    def write(writer: int) -> None:
        log = ChangeLog(path)
        threads = [
            Thread(
                target=lambda part=part: [log.append([f"{writer} {part} {n}"]) for n in range(300)]
            )
            for part in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    processes = [get_context("fork").Process(target=write, args=(one,)) for one in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    names = {f"{w} {p} {n}" for w in range(3) for p in range(3) for n in range(300)}
    assert {one.name for one in ChangeLog(path).since(0)[1]} == set(map(hash_of, names))


def test_a_writer_killed_before_it_could_tell_is_found(path: Path) -> None:
    log = ChangeLog(path)

    def die() -> None:
        ChangeLog(path).begin_writing()
        os.kill(os.getpid(), signal.SIGKILL)

    process = get_context("fork").Process(target=die)
    process.start()
    process.join()
    assert log.since(0)[1] == []
    assert log.clear_dead_writers()
    assert [one.name for one in log.since(0)[1]] == [EVERYTHING]
    assert not log.clear_dead_writers()


def test_a_writer_who_is_alive_or_has_told_is_left_alone(path: Path) -> None:
    log = ChangeLog(path)
    log.begin_writing()
    assert not log.clear_dead_writers()
    log.append(["post:1"])
    assert not log.clear_dead_writers()
    assert len(log.since(0)[1]) == 1


def test_a_writer_whose_transaction_was_rolled_back_has_told(path: Path) -> None:
    log, other = ChangeLog(path), ChangeLog(path)

    def give_up() -> None:
        ours = ChangeLog(path)
        ours.begin_writing()
        ours.end_writing()

    process = get_context("fork").Process(target=give_up)
    process.start()
    process.join()
    assert not log.clear_dead_writers()
    assert other.position == 0


def test_a_file_that_comes_in_place_of_a_removed_one_is_never_taken_for_it(path: Path) -> None:
    log = ChangeLog(path)
    for number in range(9):
        log.append([f"post:{number}"])
        seen = log.position
        path.unlink()
        for _ in range(number):
            ChangeLog(path).append(["post:1"])
        assert log.open_again_if_removed()
        assert EVERYTHING in {one.name for one in log.since(seen)[1]}


def test_a_removed_file_that_cannot_be_made_again_leaves_the_log_as_it_is(path: Path) -> None:
    log = ChangeLog(path)
    path.unlink()
    path.mkdir()
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        with pytest.raises(OSError, match="directory"):
            log.open_again_if_removed()
    assert set(Path("/proc/self/fd").iterdir()) == before
    log.append(["post:1"])
    assert [one.name for one in log.since(0)[1]] == [hash_of("post:1")]


def test_after_the_file_was_removed_all_find_each_other_again(path: Path) -> None:
    log, other = ChangeLog(path), ChangeLog(path)
    log.append(["post:1"])
    seen, _ = other.since(0)
    path.unlink()
    log.append(["post:2"])
    assert other.open_again_if_removed()
    assert not other.open_again_if_removed()
    assert EVERYTHING in {one.name for one in other.since(seen)[1]}
    seen = other.position
    log.append(["post:3"])
    assert [one.name for one in other.since(seen)[1]] == [hash_of("post:3")]


def test_a_folder_that_cannot_be_written_raises(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with pytest.raises(OSError, match="run"):
        ChangeLog(tmp_path / "run" / "changes")


def test_a_copy_of_the_file_is_another_machine(path: Path) -> None:
    log = ChangeLog(path)
    copy = shutil.copyfile(path, path.with_name("copy"))
    assert ChangeLog(copy).machine != log.machine


def test_all_processes_of_a_machine_have_one_number(path: Path) -> None:
    log = ChangeLog(path)
    told, telling = get_context("fork").Pipe(duplex=False)
    process = get_context("spawn").Process(target=tell_machine, args=(path, telling))
    process.start()
    assert told.recv() == log.machine
    process.join()


def tell_machine(path: Path, telling: Connection) -> None:
    telling.send(ChangeLog(path).machine)


@pytest.mark.parametrize("position", [2**62 - 2, 2**62, 2**63, 2**64 - 3, 2**64 - 1])
def test_a_damaged_position_is_written_from_and_read(path: Path, position: int) -> None:
    log = ChangeLog(path)
    write_word(path, POSITION, position)
    other = ChangeLog(path)
    seen = other.position
    for number in range(5):
        log.append([f"post:{number}"])
        now, records = other.since(seen)
        assert {one.name for one in records} & {hash_of(f"post:{number}"), EVERYTHING}
        assert now != seen
        seen = now


def test_a_damaged_position_is_further_than_a_removed_file_was(path: Path) -> None:
    log = ChangeLog(path)
    write_word(path, POSITION, 2**64 - 3)
    seen = log.position
    path.unlink()
    assert log.open_again_if_removed()
    assert [one.name for one in log.since(seen)[1]] == [EVERYTHING]


@pytest.mark.parametrize("process", [2**31, 2**63, 2**64 - 1])
def test_a_writer_that_can_be_no_process_is_found(path: Path, process: int) -> None:
    log = ChangeLog(path)
    write_word(path, WRITERS[0], process)
    assert log.clear_dead_writers()
    assert [one.name for one in log.since(0)[1]] == [EVERYTHING]
    assert not log.clear_dead_writers()


def write_word(log: Path, place: int, value: int) -> None:
    """Write into the file of a log of changes, past everybody who has it open."""
    with log.open("r+b") as file:
        file.seek(place * WORD)
        file.write(value.to_bytes(WORD, sys.byteorder))


def test_what_others_could_not_be_told_is_noted_for_one_process_of_the_machine(path: Path) -> None:
    log, other = ChangeLog(path), ChangeLog(path)
    assert not other.take_untold()
    log.note_untold()
    assert other.take_untold()
    assert not log.take_untold()
