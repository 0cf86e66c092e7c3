"""Kinds of tests, by the folder or file they are in: what `./parley test --fast` and CI leave out.

Each kind is a marker too, as in `./parley test -m browser`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
KINDS = {
    "browser": ["browser"],
    # They start the site, a server beside it, the launcher or Django anew for each test; move a
    # database; or take bombs, long animations and texts that are made to cost much.
    "slow": [
        *("config/serving", "demo", "docs", "launcher", "pictures"),
        *("config/test_environment.py", "config/storage/test_move.py", "markup/test_hostile.py"),
    ],
    # They ask the database nothing, or nothing that two of them could answer differently.
    "no_database": [
        *("browser", "docs", "launcher", "look", "markup", "pictures"),
        "admin/test_roles.py",
    ],
}
NOT_FAST = {"browser", "slow"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what is slow or in a browser")


def pytest_configure(config: pytest.Config) -> None:
    for kind, places in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: tests/{', tests/'.join(places)}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for kind in kinds_of(item.path):
            item.add_marker(kind)
    if config.getoption("--fast"):
        left_out = [
            item for item in items if NOT_FAST & {mark.name for mark in item.iter_markers()}
        ]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def kinds_of(path: Path) -> list[str]:
    return [
        kind
        for kind, places in KINDS.items()
        if any(path.is_relative_to(TESTS / place) for place in places)
    ]
