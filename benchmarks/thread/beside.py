"""How long a reader waits for a thread of a hundred thousand replies: here, and elsewhere.

Each server gets one request at a time, over the loopback interface. See README.md.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from time import perf_counter
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.site import Site, temporary_site
from benchmarks.thread.__main__ import fill
from benchmarks.thread.peers.isso import Isso
from benchmarks.thread.peers.xtd import Xtd
from benchmarks.timing import HEAD, RUNS, measured

ENOUGH = 20
PLACES = "from benchmarks.thread.pages import places; places()"
Serve = Callable[[], AbstractContextManager[object]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=int, default=100_000)
    options.add_argument("--patience", type=int, default=60, help="seconds until it gives up")
    chosen = options.parse_args()
    with temporary_site() as site:
        content = fill(site, chosen.replies)
        ask = partial(measure, patience=chosen.patience)
        print(f"{'':60} {HEAD}  replies     kB   load")
        _measure_ours(site, ask)
        for program in (Isso, Xtd):
            peer = program(content.parent, content)
            print(peer.name)
            for name, path in peer.asked.items():
                ask(name, peer.address + path, peer.served, peer.mark)


def _measure_ours(site: Site, ask: Callable[..., None]) -> None:
    print("Parley")
    for name, path in json.loads(site.call(PLACES)).items():
        ask(name, site.address + path, site.served, 'id="comment-')


def measure(name: str, address: str, serve: Serve, mark: str, *, patience: int) -> None:
    """Print one line. Each page is requested from a server that just started and has answered once."""
    with serve():
        start = perf_counter()
        try:
            answer = _ask(address, patience)
        except (TimeoutError, URLError) as error:
            said = f"no answer within {patience} s" if _is_late(error) else str(error)
        else:
            runs = max(1, min(RUNS, int(ENOUGH / (perf_counter() - start))))
            times = measured(lambda: _ask(address, patience), runs)
            said = f"{times} {answer.count(mark.encode()):8} {len(answer) / 1000:6.0f}"
    load, _, _ = os.getloadavg()
    print(f"  {name:58} {said}   {load:4.1f}", flush=True)


def _ask(address: str, patience: int) -> bytes:
    with urlopen(address, timeout=patience) as answer:
        return answer.read()


def _is_late(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or isinstance(
        getattr(error, "reason", None), TimeoutError
    )


if __name__ == "__main__":
    main()
