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
    # database; take bombs, long animations and texts that are made to cost much; or play what goes
    # on for hours: people who guess or send without end, a mail server that is away.
    "slow": [
        *("config/serving", "demo", "docs", "launcher", "pictures"),
        *("config/test_environment.py", "config/test_logs.py", "config/test_prepare.py"),
        *("config/storage/test_file_modes.py", "config/storage/test_move.py"),
        *("config/test_static_files.py", "config/test_secrets.py", "markup/test_hostile.py"),
        *("accounts/test_lock_out.py", "accounts/test_many_who_guess.py"),
        *("accounts/test_rate_limits.py", "moderation/test_notices.py", "outbox/test_sending.py"),
        *("spam/test_cost.py", "background/test_cost.py"),
        *("pagecache/test_at_once.py", "pagecache/test_channels.py", "pagecache/test_log.py"),
    ],
    # They ask the database nothing, or nothing that two of them could answer differently.
    "no_database": [
        *("browser", "docs", "launcher", "look", "markup", "pictures"),
        "admin/test_roles.py",
        *("pagecache/test_each_announcement.py", "pagecache/test_poisoning.py"),
        *("pagecache/test_odd_requests.py", "pagecache/test_answers.py"),
        *("pagecache/test_room.py", "pagecache/test_log.py", "pagecache/test_cache.py"),
        *("pagecache/test_wire.py", "pagecache/test_wsgi.py"),
    ],
}
NOT_FAST = {"browser", "slow"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast", action="store_true", help="no browser, nothing slow, one case of each test"
    )


def pytest_configure(config: pytest.Config) -> None:
    for kind, places in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: tests/{', tests/'.join(places)}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for kind in kinds_of(item.path):
            item.add_marker(kind)
    if config.getoption("--fast"):
        fast = [
            item for item in items if not NOT_FAST & {mark.name for mark in item.iter_markers()}
        ]
        chosen = _first_cases(fast)
        left_out = {*items} - {*chosen}
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = chosen


def _first_cases(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return one of the cases of each parametrized test, the first one."""
    first: dict[str, pytest.Item] = {}
    for item in items:
        first.setdefault(item.nodeid.partition("[")[0], item)
    return [*first.values()]


def kinds_of(path: Path) -> list[str]:
    return [
        kind
        for kind, places in KINDS.items()
        if any(path.is_relative_to(TESTS / place) for place in places)
    ]
