"""Tests that this machine cannot run: left out with a reason, and told in capitals at the very end.

Under CI nothing may be left out.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import NoReturn

import pytest

REASON = "missing here: "


def leave_out(missing: str) -> NoReturn:
    """End the test that asks; `missing` is what it needs, as in “Chromium”."""
    end = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    end(REASON + missing)


def pytest_unconfigure(config: pytest.Config) -> None:
    """After everything else, pytest's own last line too, so that nobody takes less for all."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    told = Counter(missing_in(report) for report in reporter.stats.get("skipped", []))
    if number := sum(count for missing, count in told.items() if missing):
        what = " AND ".join(sorted(filter(None, told)))
        reporter.write_line(f"NOT TESTED: {number} TESTS. MISSING HERE: {what.upper()}.")


def missing_in(report: pytest.TestReport) -> str:
    """What a skipped test needed, or nothing where it was skipped for another reason."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    return text.partition(REASON)[2]
