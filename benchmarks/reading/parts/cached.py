"""Pages from the page cache, beside nginx with the same bytes in files."""

from __future__ import annotations

from benchmarks.reading import nginx
from benchmarks.reading.compare import Server, compare
from benchmarks.reading.results import Rows
from benchmarks.reading.stage import PAGES, Stage


def measure(stage: Stage) -> Rows:
    pages = stage.pages
    with stage.site.served() as pid, nginx.serving(pages) as other:
        ours = Server("Parley", pid, pages)
        return [compare(ours, other, page) for page in PAGES]
