"""The commands of docs/running.md bring back what was backed up, also after a crash."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "running.md"
# A shell with which what is made is readable by all, as Debian's is.
NO_SERVICE = "umask 022; systemctl() { :; }\n"
SOMEBODY = 65534


def documented() -> list[str]:
    """The commands under “Backup”: those that make one, and those that restore it."""
    section = PAGE.read_text(encoding="utf-8").split("\n## Backup\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def run(commands: str, *, at: Path) -> None:
    """As somebody does who pastes them."""
    subprocess.run(["bash", "-uc", NO_SERVICE + commands], cwd=at, check=True)


def write(site: sqlite3.Connection, texts: list[str]) -> None:
    with site:
        site.executemany("INSERT INTO reply (text) VALUES (?)", [(text * 100,) for text in texts])


def read(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [text for (text,) in database.execute("SELECT text FROM reply ORDER BY id")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """With a data folder beside the code, as without PARLEY_DATA."""
    media = tmp_path / "checkout" / "var" / "media"
    media.mkdir(parents=True)
    (media / "heron.webp").write_bytes(b"a heron")
    (media.parent / "secret_key").write_text("secret", encoding="ascii")
    return tmp_path / "checkout"


@pytest.fixture
def site(checkout: Path) -> Iterator[sqlite3.Connection]:
    """A site that runs, and has written nothing back from its log yet."""
    with closing(sqlite3.connect(checkout / "var" / "parley.sqlite3")) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;")
        connection.execute("CREATE TABLE reply (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
        write(connection, [f"before {number} " for number in range(500)])
        yield connection


def test_a_backup_is_restored_over_what_a_crash_left(
    checkout: Path, site: sqlite3.Connection, tmp_path: Path
) -> None:
    backup, restore = documented()
    run(backup, at=checkout)
    with site:
        site.execute("DELETE FROM reply WHERE id % 3 = 0")
    write(site, [f"after {number} " for number in range(2000)])
    crashed = shutil.copytree(checkout, tmp_path / "crashed")
    assert (crashed / "var" / "parley.sqlite3-wal").stat().st_size
    (crashed / "var" / "media" / "heron.webp").unlink()
    (crashed / "var" / "secret_key").unlink()
    run(restore, at=crashed)
    restored = read(crashed / "var" / "parley.sqlite3")
    assert restored == [f"before {number} " * 100 for number in range(500)]
    assert (crashed / "var" / "media" / "heron.webp").read_bytes() == b"a heron"
    assert (crashed / "var" / "secret_key").read_text(encoding="ascii") == "secret"


def test_what_was_replaced_is_kept_whole(
    checkout: Path, site: sqlite3.Connection, tmp_path: Path
) -> None:
    backup, restore = documented()
    run(backup, at=checkout)
    write(site, ["after "])
    crashed = shutil.copytree(checkout, tmp_path / "crashed")
    run(restore, at=crashed)
    (replaced,) = (crashed / "var").glob("replaced-*")
    assert len(read(replaced / "parley.sqlite3")) == 501


@pytest.mark.usefixtures("site")
def test_a_backup_is_restored_on_a_new_machine(checkout: Path, tmp_path: Path) -> None:
    backup, restore = documented()
    run(backup, at=checkout)
    new = tmp_path / "new"
    shutil.copytree(checkout / "backup", new / "backup")
    run(restore, at=new)
    assert len(read(new / "var" / "parley.sqlite3")) == 500
    assert (new / "var" / "media" / "heron.webp").exists()


def test_a_backup_takes_the_place_of_an_older_one(checkout: Path, site: sqlite3.Connection) -> None:
    backup, _restore = documented()
    run(backup, at=checkout)
    write(site, ["after "])
    run(backup, at=checkout)
    made = checkout / "backup"
    assert {path.name for path in made.iterdir()} == {"parley.sqlite3", "media", "secret_key"}
    assert len(read(made / "parley.sqlite3")) == 501


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("site")
def test_nobody_else_reads_a_backup(checkout: Path) -> None:
    backup, _restore = documented()
    made = checkout / "backup"
    made.mkdir(mode=0o755)
    (made / "parley.sqlite3").touch(mode=0o644)
    run(backup, at=checkout)
    assert mode(made) == 0o700
    assert mode(made / "parley.sqlite3") == 0o600


@pytest.mark.usefixtures("site")
@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_what_root_restores_is_the_sites_own(checkout: Path) -> None:
    backup, restore = documented()
    for path in (checkout / "var", *(checkout / "var").rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
    run(backup, at=checkout)
    run(restore, at=checkout)
    there = [checkout / "var", *(checkout / "var").rglob("*")]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in there} == {(SOMEBODY, SOMEBODY)}
    assert mode(checkout / "var" / "parley.sqlite3") == 0o600
    (aside,) = (checkout / "var").glob("replaced-*")
    assert mode(aside) == 0o700
