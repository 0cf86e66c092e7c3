"""What of an author's text is taken out is gone altogether, and is named."""

import pytest

from markup import render_post, taken_out

HIDDEN = (
    "script style textarea title xmp iframe noembed noframes noscript plaintext template".split()
)


def html(source: str) -> str:
    return render_post(source, language="en").html


@pytest.mark.parametrize("name", [*HIDDEN, "SCRIPT"])
@pytest.mark.parametrize(
    "inside", ["gone", "*gone*", "`gone`", "[gone](/x)", "<b>gone", "gone\ngone"]
)
def test_what_a_hidden_element_holds_is_hidden_in_a_line_as_in_a_block(
    name: str, inside: str
) -> None:
    element = f"<{name} a=b>{inside}</{name}>"
    assert html(f"Seen {element} too") == "<p>Seen  too</p>\n"
    assert html(f"<p>Seen {element} too</p>") == "<p>Seen  too</p>"
    for source in (f"Seen {element}", f"<p>Seen {element}</p>"):
        assert taken_out(source) == (name.lower(),)


def test_one_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert html("Seen <script>gone *gone*\ngone\n\nSeen") == "<p>Seen </p>\n<p>Seen</p>\n"
    assert html("# Seen <style>gone\n\nSeen") == '<h2 id="h-seen">Seen </h2>\n<p>Seen</p>\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a <script>b* c</script> d", "<p><em>a </em> d</p>\n"),
        ("a <script>*b</script> c* d", "<p>a <em> c</em> d</p>\n"),
        ("<b>a <script></b></script> c</b> d", "<p><b>a  c</b> d</p>\n"),
        ("a <script>b</style> c</script> d", "<p>a  d</p>\n"),
        ("a <script-x>b</script-x>", "<p>a b</p>\n"),
    ],
)
def test_what_crosses_the_end_of_one_stays_paired(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize("name", ["object", "svg", "video", "form"])
def test_of_other_elements_the_words_stay(name: str) -> None:
    assert html(f"Seen <{name}>too</{name}>") == "<p>Seen too</p>\n"
    assert html(f"<p><{name}>too</{name}></p>") == "<p>too</p>"
    assert taken_out(f"Seen <{name}>too</{name}>") == (name,)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('a <img src="/media/x.png" alt="">', ("img",)),
        ('a <img src="/media/x.png" alt="words">', ("img",)),
        ("<img src=/x.png>", ("img",)),
        ('<p><img src="data:x" alt="b"></p>', ("img",)),
        ('a <img src="https://example.org/x.png">', ()),
        ("a[^a]\n\n[^a]: b\n\n[^c]: d", ("[^c]:",)),
        ("a[^a]\n\n[^a]: b\n\n[^a]: d", ("[^a]:",)),
        ("> a\n\n- [^C]: d", ("[^C]:",)),
        ("a[^a]\n\n[^a]: b[^c]\n\n[^c]: d", ()),
    ],
)
def test_pictures_in_html_and_notes_that_nothing_leads_to_are_named(
    source: str, names: tuple[str, ...]
) -> None:
    assert taken_out(source) == names
