"""A pytest plugin for tools/mutants.py: records which tests run which lines, and their times."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--watched", help="the modules, with commas between")
    parser.addoption("--found", help="the file to write")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Covering(config), "covering")


class Covering:
    """Records tests by their names without parameters, so that all names fit on a command line."""

    def __init__(self, config: pytest.Config) -> None:
        self.watched = config.getoption("--watched").split(",")
        self.found = Path(config.getoption("--found"))
        self.seconds: dict[str, float] = defaultdict(float)
        files = [str(Path(path).resolve()) for path in self.watched]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=files)
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.coverage.switch_context(name_of(item.nodeid))
        result = yield
        self.coverage.switch_context("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[name_of(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            path: {
                line: [test for test in tests if test]
                for line, tests in data.contexts_by_lineno(str(Path(path).resolve())).items()
            }
            for path in self.watched
        }
        told = {"seconds": self.seconds, "lines": lines}
        self.found.write_text(json.dumps(told), encoding="utf-8")


def name_of(nodeid: str) -> str:
    return nodeid.partition("[")[0]
