"""`./parley serve` on an existing site until the first page, beside what Django alone takes."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from benchmarks.reading.results import Rows, load
from benchmarks.reading.stage import Stage
from benchmarks.site import ROOT, Site

ROUNDS = 5
SETUP = [sys.executable, "-c", "import django; django.setup()"]


def measure(stage: Stage) -> Rows:
    with stage.site.served():
        pass  # makes what a first start makes
    rounds = [(until_first_page(stage.site), until_django_is_set_up(stage.site))
              for _ in range(ROUNDS)]  # fmt: skip
    ours, djangos = zip(*rounds, strict=True)
    return [
        {
            "until the first page, s": round(median(ours), 2),
            "django.setup(), s": round(median(djangos), 2),
            "times as long": round(median(one / other for one, other in rounds), 1),
            "load": load(),
        }
    ]


def until_first_page(site: Site) -> float:
    start = time.perf_counter()
    with site.served():
        return time.perf_counter() - start


def until_django_is_set_up(site: Site) -> float:
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    start = time.perf_counter()
    subprocess.run(SETUP, cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - start
