"""A style sheet that is written in parts: what is served for it."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from tests.config.conftest import Collect


def test_a_part_stands_where_it_is_asked_for(collect: Collect) -> None:
    sheet = '@layer a, b;\n\n@import "one.css";\n@import "two.css";\n\np { margin: 0 }\n'
    served = collect({"site.css": sheet, "one.css": "b {}\n", "two.css": "i {}\n"})
    assert served == "@layer a, b;b{}i{}p{margin: 0}\n"


def test_parts_have_parts_and_all_are_named_from_where_they_stand(collect: Collect) -> None:
    served = collect(
        {
            "css/site.css": '@import "site/all.css";\n',
            "css/site/all.css": '@import "deep/one.css";\n@import "../two.css";\n',
            "css/site/deep/one.css": "b {}\n",
            "css/two.css": "i {}\n",
        }
    )
    assert served == "b{}i{}\n"


def test_what_a_part_shows_is_found_from_the_whole(collect: Collect) -> None:
    served = collect(
        {
            "css/site.css": '@import "site/one.css";\n',
            "css/site/one.css": 'b { src: url("../../fonts/a.woff2"), url("data:,x"), url("#x") }\n',
            "fonts/a.woff2": "a font",
        }
    )
    assert served.startswith('b{src: url("../fonts/a.')
    assert served.endswith('.woff2"), url("data:,x"), url("#x")}\n')
    font = served.split('"')[1].removeprefix("..")
    assert b"".join(Client().get(f"/static{font}")) == b"a font"


def test_what_a_browser_does_not_read_is_left_out_and_nothing_else(collect: Collect) -> None:
    sheet = """
    /* Two lists; "and" { it's { not a text */
    .a :is(b, c) > d,
    .a/**/.b::before {
      content: "/* ; */  {" / "it's";  /* one */  /* two */
      width: calc(1px + 2px);
    }
    """
    assert collect({"site.css": sheet}) == (
        '.a :is(b, c) > d, .a.b::before{content: "/* ; */  {" / "it\'s";width: calc(1px + 2px);}\n'
    )


def test_the_name_changes_with_a_part(collect: Collect) -> None:
    files = {"site.css": '@import "one.css";\n', "one.css": "b {}\n"}
    collect(files)
    before = staticfiles_storage.url("site.css")
    collect(files | {"one.css": "i {}\n"})
    assert staticfiles_storage.url("site.css") != before


def test_what_comes_from_elsewhere_or_under_a_condition_stays_as_it_is(collect: Collect) -> None:
    sheet = '@import "https://example.org/a.css";\n@import "one.css" print;\n'
    served = collect({"site.css": sheet, "one.css": "b {}\n"})
    assert "https://example.org/a.css" in served
    assert "b {}" not in served


def test_a_part_that_is_not_there_is_named(collect: Collect) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.css"):
        collect({"site.css": '@import "nowhere.css";\n'})
