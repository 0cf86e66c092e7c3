"""Serve the site: `python -m config.serving --bind 127.0.0.1:8000`. `./parley serve` becomes this."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys

import django
from django.core.management import execute_from_command_line

from config.serving.children import become_child

signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends a start without a traceback


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.serving")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="an address, or fd://3")
    parser.add_argument("--processes", type=int, default=2, help="how many answer requests")
    parser.add_argument("--work", action="store_true", help="do background work too")
    parser.add_argument("--prepare", action="store_true", help="`manage.py prepare` first")
    options = parser.parse_args()
    if options.prepare:
        prepare()
    serve(options)


def prepare() -> None:
    """Do what `manage.py prepare` does, in a process that shares what Django has loaded.

    What it loads itself, as the migrations, needs no memory any more when it has ended.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main_process = os.getpid()
    child = os.fork()
    if not child:
        become_child("parley-prepare", main_process, signal.SIGTERM)
        execute_from_command_line(["manage.py", "prepare"])
        sys.exit()
    _, status = os.waitpid(child, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(code if code > 0 else 128 - code)  # as a shell tells of a killed process
    print("Starting the server …", flush=True)  # noqa: T201 - as the launcher says it


def serve(options: argparse.Namespace) -> None:
    # Garbage that is collected leaves gaps in the memory that processes share, which each of them
    # fills anew. They turn it on again.
    gc.disable()
    from config.serving.main import Site  # noqa: PLC0415 - takes a second, and static files

    Site(bind=options.bind, processes=options.processes, has_background_work=options.work).run()


if __name__ == "__main__":
    main()
