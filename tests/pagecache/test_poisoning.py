"""Nothing of a request gets into what others are given."""

from __future__ import annotations

import pytest

from tests.pagecache.changes import World
from tests.pagecache.site import Site, said

pytestmark = pytest.mark.django_db(transaction=True)
MARKER = "marker.example"
HEADERS = """
    Accept Accept-Charset Access-Control-Request-Headers Access-Control-Request-Method Age Authorization
    CF-Connecting-IP CF-Visitor Cache-Control CDN-Loop Client-IP Connection Content-Language
    Content-Location Content-Type DNT Date ETag Fastly-SSL Forwarded Forwarded-Host From Front-End-Https
    If-Match If-Range If-Unmodified-Since Keep-Alive Origin Pragma Proxy Proxy-Authorization Purpose Range
    Referer Sec-CH-UA Sec-Fetch-Mode Sec-Fetch-Site Sec-GPC TE Trailer True-Client-IP Upgrade User-Agent Via
    Warning X-Accel-Redirect X-Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Port
    X-Forwarded-Prefix X-Forwarded-Scheme X-Forwarded-Server X-Host X-HTTP-Method-Override X-Original-URL
    X-Real-IP X-Request-ID X-Requested-With X-Rewrite-URL X-Script-Name X-Wap-Profile
""".split()


@pytest.mark.parametrize("address", ["/", "/feed/", "post"])
def test_no_header_of_whoever_came_first_reaches_others(
    address: str, world: World, site: Site
) -> None:
    address = world.posts[0].get_absolute_url() if address == "post" else address
    clean = said(site.anew(address))
    for name in HEADERS:
        site.cache.empty()
        sent = {f"HTTP_{name.upper().replace('-', '_')}": MARKER}
        first, other = site.get(address, **sent), site.get(address)
        assert MARKER not in str(other), name
        assert said(other) == clean, name
        assert said(first) == clean, name


@pytest.mark.parametrize("name", ["HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"])
def test_a_header_of_the_key_reaches_only_those_who_send_it_too(
    name: str, world: World, site: Site
) -> None:
    for value in (MARKER, f"testserver, {MARKER}", f"nl, {MARKER};q=0.1", "testserver:80"):
        site.get("/", **{name: value})
        assert MARKER not in str(site.get("/"))
    assert said(site.get("/")) == said(site.anew("/"))
