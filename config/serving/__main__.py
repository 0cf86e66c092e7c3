"""Serve the site: `python -m config.serving --bind 127.0.0.1:8000`. `./parley serve` becomes this."""

from __future__ import annotations

import argparse
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends a start without a traceback

from config.serving.main import Site  # noqa: E402 - takes seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.serving")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="an address, or fd://3")
    parser.add_argument("--processes", type=int, default=2, help="how many answer requests")
    parser.add_argument("--work", action="store_true", help="do background work too")
    options = parser.parse_args()
    Site(bind=options.bind, processes=options.processes, has_background_work=options.work).run()


if __name__ == "__main__":
    main()
