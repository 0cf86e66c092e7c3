"""Isso, whose script in the browser requests the replies from its server as JSON.

It keeps one level of answers: an answer to an answer is stored below the branch's first reply, as
its own server does (`isso/db/comments.py`). Its script requests all branches and five answers in
each, unless the page that embeds it says otherwise (`data-isso-max-comments-top`). The script finds
a permalink in that answer, so a permalink takes as long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from benchmarks.thread.peers.program import Program

URI = "/giant/"
BY_HUNDREDS = f"/?uri={URI}&limit=100&nested_limit=5"
SETTINGS = """\
[general]
dbpath = {database}
host = http://127.0.0.1/
[server]
listen = http://127.0.0.1:{port}
"""
INSERT = """
    INSERT INTO comments
    (tid, id, parent, created, mode, remote_addr, text, author, email, voters)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# The length of the voters' filter of a new reply (`isso.utils.Bloomfilter`).
NO_VOTERS = bytes(256)


class Isso(Program):
    name = "Isso 0.14.0"
    packages = ("isso==0.14.0",)
    mark = '"parent":'
    asked = {
        "100 branches of one level, 5 answers in each": BY_HUNDREDS,
        "the same, 7,500 branches further": f"{BY_HUNDREDS}&offset=7500",
        "as its script asks; a permalink": f"/?uri={URI}&nested_limit=5",
        "all": f"/?uri={URI}",
    }

    @property
    def command(self) -> list[str]:
        return [self.program("isso"), "-c", str(self.folder / "isso.cfg"), "run"]

    def load(self) -> None:
        database = self.folder / "comments.db"
        settings = SETTINGS.format(database=database, port=self.port)
        (self.folder / "isso.cfg").write_text(settings, encoding="utf-8")
        with self.served():
            pass  # it creates its tables at its start
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("INSERT INTO threads VALUES (1, ?, 'Giant')", [URI])
            connection.executemany(INSERT, self._rows())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        begun: dict[int | None, int] = {}
        for row in self.replies():
            above = begun.get(row["parent"])
            begun[row["id"]] = above or row["id"]
            at = datetime.fromisoformat(row["created"]).timestamp()
            yield (1, row["id"], above, at, 1, "127.0.0.0", row["body"], row["name"],
                   row["email"], NO_VOTERS)  # fmt: skip
