"""The site that is measured, its pages, and the servers that it is compared with."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.site import Site, temporary_site

PAGES = ("home", "post", "tag", "feed")


@dataclass(frozen=True)
class Peer:
    """Another blog with the same posts: full addresses of its pages by name."""

    name: str
    pages: dict[str, str]


def peer(text: str) -> Peer:
    """Read `wordpress=http://127.0.0.1:9101,home=/,post=/hello/`."""
    name, rest = text.split("=", 1)
    base, *paths = rest.split(",")
    if not base.startswith("http://127."):
        raise argparse.ArgumentTypeError(f"not on this machine: {base}")
    return Peer(name, {page: base + path for page, path in (one.split("=", 1) for one in paths)})


class Stage:
    """What all parts share: the options, and one site with the content."""

    def __init__(self, options: argparse.Namespace, site: Site) -> None:
        self.options = options
        self.peers: list[Peer] = options.peer
        self._site = site

    @cached_property
    def site(self) -> Site:
        """The site, filled when a part first asks for it."""
        fill(self._site, self.options.content)
        return self._site

    @cached_property
    def pages(self) -> dict[str, str]:
        return pages_of(self.site)

    def posts(self, number: int) -> list[str]:
        return newest_posts(self.site, number)

    def guests(self, number: int) -> list[dict[str, str]]:
        """Return addresses and cookies of people whose replies appear at once."""
        said = self.site.call(
            f"from benchmarks.reading.pages import show_guests; show_guests({number})"
        )
        return json.loads(said)

    def appeared(self) -> int:
        """Return how many replies readers see."""
        return int(
            self.site.call("from benchmarks.reading.pages import show_appeared; show_appeared()")
        )


def fill(site: Site, content: Path | None) -> None:
    if content is None:
        site.manage("demo_data", "--posts", "1000", "--replies", "10000")
    else:
        site.call(f"from benchmarks.load_content import load; load({str(content.resolve())!r})")


def newest_posts(site: Site, number: int) -> list[str]:
    """Return the paths of the newest posts."""
    said = site.call(f"from benchmarks.reading.pages import show_posts; show_posts({number})")
    return json.loads(said)


def pages_of(site: Site) -> dict[str, str]:
    """Return the full addresses of the pages to measure, by name."""
    said = site.call("from benchmarks.reading.pages import show; show()")
    return {name: site.address + path for name, path in json.loads(said).items()}


@contextmanager
def stage(options: argparse.Namespace) -> Iterator[Stage]:
    with temporary_site() as site:
        yield Stage(options, site)
