"""What an author's HTML may do to a page: nothing but mark up the text."""

import pytest

from markup import render_post, sanitise
from markup.sanitise import post_cleaner
from tests.markup.reading import scheme, tree


def html(source: str) -> str:
    return render_post(source, language="en").html


def test_harmless_html_stays() -> None:
    source = 'H<sub>2</sub>O, <kbd>Esc</kbd>, <abbr title="a">b</abbr>, <q lang="fr">oui</q>'
    assert html(source) == f"<p>{source}</p>\n"


def test_markdown_may_stand_between_the_tags_of_a_block() -> None:
    found = tree(html("<details>\n<summary>More</summary>\n\n- *a*\n\n</details>\n\nafter"))
    assert found.find("details/ul/li/em").text == "a"
    assert found.find("p").text == "after"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<b onclick='alert(1)'>x</b>",
        "<svg onload=alert(1)><circle/></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<iframe src='https://example.org'></iframe>",
        "<style>* { display: none }</style>",
        "<form action=/x><button>go</button></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<p style='position: fixed'>x</p>",
        "<textarea></p><script>alert(1)</script></textarea>",
        "<a <!-- --> href='javascript:alert(1)'>x</a>",
        "<object data=x></object><embed src=x><base href=x><link rel=x><meta http-equiv=x>",
        "<video src=x poster=y></video><audio src=x></audio><input type=password>",
    ],
)
def test_nothing_runs_loads_or_covers_the_page(source: str) -> None:
    for text in (source, f"a {source} b"):
        for element in tree(html(text)).iterdescendants():
            assert element.tag in {"a", "b", "p"}
            assert not {"style", "src", "onclick", "onload", "onerror"} & set(element.attrib)
            assert "javascript" not in element.get("href", "")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#10;script:alert(1)",
        "java&#1;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_a_link_leads_only_where_a_link_may(address: str) -> None:
    for source in (
        f"[x]({address})",
        f"<{address}>",
        f'<a href="{address}">x</a>',
        f"![x]({address})",
    ):
        for link in tree(html(source)).iter("a"):
            assert scheme(link.get("href", "")) == ""


def test_links_do_not_hand_over_the_window() -> None:
    assert html("[x](/about/)") == '<p><a href="/about/" rel="noopener">x</a></p>\n'
    assert 'rel="noopener"' in html('<a href="https://example.org" rel="opener" target="x">x</a>')


def test_classes_and_ids_of_the_page_are_out_of_reach() -> None:
    source = (
        '<div class="entry" id="h-a" name="body" role="alert">x</div>\n\n# a\n\n<a id=fn-1>y</a>'
    )
    found = tree(html(source))
    assert dict(found.find("div").attrib) == {}
    assert [element.get("id") for element in found.iter() if element.get("id")] == ["h-a"]


def test_what_opens_in_a_paragraph_closes_in_it() -> None:
    assert html("a <b>b\n\nc") == "<p>a <b>b</b></p>\n<p>c</p>\n"
    assert html("a </div></p> b") == "<p>a  b</p>\n"


def test_characters_that_xml_forbids_are_dropped_however_they_are_written() -> None:
    source = 'a\x00b\x0cc\ufffed\ud800e <i title="f&#1;g&#x0C;h">i</i>'
    assert html(source) == '<p>abcde <i title="fgh">i</i></p>\n'
    # In Markdown such a reference stands for the replacement character (CommonMark, 2.5).
    assert html("a&#1;b") == "<p>a\ufffdb</p>\n"


def test_a_script_ends_at_its_closing_tag_and_not_at_another_script() -> None:
    assert html("a <script>b<script>c</script> d") == "<p>a  d</p>\n"


def test_comments_are_dropped() -> None:
    assert html("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf") == "<p>a  c</p>\n\n<p>f</p>\n"


def test_the_allow_list_holds_by_itself() -> None:
    source = (
        '<img src="/b.jpg" srcset="/b.jpg 2x" alt="b"><input type="password">'
        '<p class="entry h" id="x" style="a" onclick="b">c</p><a href="javascript:x">d</a>'
    )
    clean = post_cleaner({"/a.jpg"}).clean(source)
    assert clean == '<img alt="b"><input><p>c</p>d'


def test_tags_that_a_browser_would_nest_differently_are_settled() -> None:
    clean = post_cleaner().clean('<a href="/x"><table><a href="/y">z</a></table>')
    link = '<a href="/{}" rel="noopener">{}</a>'.format
    assert clean == f"{link('x', '')}{link('y', 'z')}<table></table>"


def test_html_that_never_settles_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitise, "MAX_PASSES", 1)
    assert post_cleaner().clean("<p>a<script>b") == "a"
