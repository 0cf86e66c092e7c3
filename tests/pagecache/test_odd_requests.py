"""Odd requests get the answer that they get without the cache, cold and warm."""

from __future__ import annotations

from typing import Any

import pytest

from blog import publishing
from tests.pagecache.changes import World, fresh, saved
from tests.pagecache.site import Site, said

pytestmark = pytest.mark.django_db(transaction=True)
MANY = "&".join(f"p{number}={number}" for number in range(8000))
ODD: dict[str, tuple[str, dict[str, Any]]] = {
    "HEAD with a body": (
        "/",
        {"method": "HEAD", "body": b"a=1", "CONTENT_LENGTH": "3", "CONTENT_TYPE": "text/plain"},
    ),
    "GET with a body": ("/", {"body": b"a=1", "CONTENT_LENGTH": "3"}),
    "two hosts": ("/", {"HTTP_HOST": "testserver,testserver"}),
    "no host": ("/", {"HTTP_HOST": ""}),
    "a strange host": ("/", {"HTTP_HOST": "else where"}),
    "a host in capitals": ("/", {"HTTP_HOST": "TestServer"}),
    "an absolute target": ("http://testserver/", {}),
    "a star": ("*", {"method": "OPTIONS"}),
    "NUL in the query": ("/?page=%00", {}),
    "NUL in an unknown parameter": ("/?utm=x&a=%00", {}),
    "NUL in the path": ("/tags/%00/", {}),
    "bytes that are no UTF-8": ("/tags/%ff/", {}),
    "8,000 parameters": (f"/?{MANY}", {}),
    "8,000 times one parameter": ("/?" + "&".join(["page=2"] * 8000), {}),
    "a parameter twice": ("/?page=2&page=1", {}),
    "a parameter without a value": ("/?page", {}),
    "an empty parameter": ("/?page=", {}),
    "a page that is none": ("/?page=none", {}),
    "a page that is not there": ("/?page=999", {}),
    "a semicolon": ("/?page=2;utm=x", {}),
    "broken escapes": ("/?page=%2&utm=%zz", {}),
    "a query that is no UTF-8": ("/?page=%ff", {}),
    "a range": ("/", {"HTTP_RANGE": "bytes=0-9"}),
    "a range that is none": ("/", {"HTTP_RANGE": "pages=1"}),
    "every coding refused": ("/", {"HTTP_ACCEPT_ENCODING": "*;q=0"}),
    "identity refused": ("/", {"HTTP_ACCEPT_ENCODING": "identity;q=0"}),
    "codings of no meaning": ("/", {"HTTP_ACCEPT_ENCODING": ",;,q=,\t=;"}),
    "languages of no meaning": ("/", {"HTTP_ACCEPT_LANGUAGE": "*;q=x, , xx-" + "y" * 600}),
    "a long list of languages": ("/", {"HTTP_ACCEPT_LANGUAGE": "nl," * 2000}),
    "a long list of codings": ("/", {"HTTP_ACCEPT_ENCODING": "identity," * 2000}),
    "a long host": ("/", {"HTTP_HOST": "x" * 2000}),
    "a long path": ("/tags/" + "x" * 2000 + "/?page=2", {}),
    "a tag of no meaning": ("/", {"HTTP_IF_NONE_MATCH": '"'}),
    "a date of no meaning": ("/", {"HTTP_IF_MODIFIED_SINCE": "yesterday"}),
    "a condition that does not hold": ("/", {"HTTP_IF_MATCH": '"x"'}),
    "a cookie of no meaning": ("/", {"HTTP_COOKIE": "\x01=;;;=\xff"}),
    "a token of no meaning": ("/", {"HTTP_COOKIE": "csrftoken=x"}),
    "PUT": ("/", {"method": "PUT"}),
    "a method of no meaning": ("/", {"method": "BREW"}),
    "a method in small letters": ("/", {"method": "get"}),
    "no page": ("/no/such/page/", {}),
    "no page, with a query": ("/no/such/page/?page=2", {}),
    "no post": ("/2011/05/none/", {}),
    "no slash": ("/archive", {}),
    "no slash, with a query": ("/archive?page=2", {}),
    "two slashes": ("//", {}),
    "dots": ("/../", {}),
    "a language in other letters": ("/languages/NL/?page=1", {}),
    "https by a header": ("/", {"HTTP_X_FORWARDED_PROTO": "https"}),
}


@pytest.mark.parametrize("kind", ODD)
def test_the_same_answer_as_without_the_cache(kind: str, world: World, site: Site) -> None:
    address, headers = ODD[kind]
    expected = said(site.anew(address, **headers))
    site.warm(["/", "/?page=2", "/archive/"])
    for _ in range(2):
        assert said(site.get(address, **headers)) == expected


def test_a_moved_post_redirects_and_a_withdrawn_one_is_gone(world: World, site: Site) -> None:
    address = world.posts[1].get_absolute_url()
    site.warm([address])
    saved(world.posts[1], slug="moved")
    asked = f"{address}?page=2"
    assert site.get(asked).status == 301
    assert said(site.get(asked)) == said(site.anew(asked))
    publishing.withdraw(post=fresh(world.posts[1]), by=None)
    assert site.get(address).status == 410
