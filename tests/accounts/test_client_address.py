from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from web.client_address import client_address, wider_network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1,203.0.113.7, 203.0.113.8", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7:4711", "203.0.113.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "unknown", "192.0.2.1"),
        (1, "203.0.113.7, unknown", "192.0.2.1"),
        (1, "<script>", "192.0.2.1"),
        (1, "_hidden", "192.0.2.1"),
        (1, "fe80::1%eth0", "fe80::"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    rf: RequestFactory, settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.PARLEY_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == expected


@pytest.mark.parametrize("peer", ["", "unix:", "unknown"])
def test_who_comes_from_no_address_shares_one(rf: RequestFactory, peer: str) -> None:
    assert client_address(rf.get("/", REMOTE_ADDR=peer)) == "0.0.0.0"


def test_a_wider_network_is_that_of_one_customer() -> None:
    assert wider_network("2001:db8:1:2::") == wider_network("2001:db8:1:ffff::") == "2001:db8:1::"
    assert wider_network("203.0.113.7") == ""
