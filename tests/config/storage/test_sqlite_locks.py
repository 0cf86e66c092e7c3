"""The locks by which processes that share a database of SQLite know of each other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVE = """
import subprocess, sys
from threading import Thread
import django; django.setup()
from django.db import connection

def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)

def look():
    run("SELECT 1")
    connection.close()

run("CREATE TABLE reply (id INTEGER)")
another_request = Thread(target=look)
another_request.start()
another_request.join()
COUNT = '''
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(*database.execute("SELECT count(*) FROM reply").fetchone())
database.close()
'''
count = [sys.executable, "-c", COUNT, str(connection.settings_dict["NAME"])]
subprocess.run(count, stdout=subprocess.DEVNULL, check=True)
run("INSERT INTO reply VALUES (1)")
subprocess.run(count, check=True)
"""


def test_what_is_written_after_another_process_has_looked_is_seen_by_the_next(
    tmp_path: Path,
) -> None:
    """A process that closes a file by itself loses the locks it has on it: the log counts as nobody's."""
    own = {"PARLEY_DATA": str(tmp_path), "DATABASE_URL": "", "EMAIL_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", SERVE],
        cwd=ROOT,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "config.settings"},
        text=True,
        capture_output=True,
        check=True,
    )
    assert done.stdout == "1\n"
