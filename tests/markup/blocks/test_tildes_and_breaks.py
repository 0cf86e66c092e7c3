"""What people type for other reasons than that Pandoc gives it a meaning."""

import pytest

from markup import Picture, render_post


def html(source: str) -> str:
    return render_post(source, language="nl").html


@pytest.mark.parametrize(
    "source", ["Tot gauw!\n~ Jan", "Tot gauw!\n\n~ Jan", "A\n~  b\n~ c", "A\n  ~ b", "> A\n> ~ b"]
)
def test_a_tilde_below_a_line_signs_it(source: str) -> None:
    assert "<dl>" not in html(source)
    assert "~" in html(source)


def test_a_colon_makes_a_definition_and_a_tilde_ends_none() -> None:
    assert html("Kade\n: Muur") == "<dl>\n<dt>Kade</dt>\n<dd>Muur</dd>\n</dl>\n"
    assert html("Kade\n: Muur\n~ Jan") == "<dl>\n<dt>Kade</dt>\n<dd>Muur\n~ Jan</dd>\n</dl>\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("~een~", "<s>een</s>"),
        ("~~een~~", "<s>een</s>"),
        ("a ~een twee~ b", "a <s>een twee</s> b"),
        ("~een~~", "~een~~"),
        ("~~~een~~~ x", "~~~een~~~ x"),
        ("kost ~5 tot ~10 euro", "kost ~5 tot ~10 euro"),
        ("~/map en ~/map", "~/map en ~/map"),
        (r"\~een\~", "~een~"),
    ],
)
def test_one_tilde_or_two_strike_out_as_on_github(source: str, expected: str) -> None:
    assert html(f"x {source}") == f"<p>x {expected}</p>\n"


def test_of_two_footnotes_with_one_name_the_first_counts() -> None:
    found = html("A[^1]\n\n[^1]: Eerst\n\n[^1]: Later\n\n[^2]: Los")
    assert "Eerst" in found
    assert "Later" not in found
    assert found.count("<li") == 1


@pytest.mark.parametrize("line", ["a<br>b", "a<br/>b", "a<BR />b", "a <br> b", "a<br><br>b"])
def test_a_break_in_a_heading_is_a_space_in_the_table_of_contents(line: str) -> None:
    (heading,) = render_post(f"## {line}", language="nl").toc
    assert (heading.id, heading.text) == ("h-a-b", "a b")


def test_a_picture_in_a_heading_is_called_what_it_shows() -> None:
    quay = Picture(key="q", src="/q.jpg", width=1, height=1)
    post = render_post("## ![De kade](image:q) *nu*", language="nl", pictures={"q": quay})
    assert [heading.text for heading in post.toc] == ["De kade nu"]
