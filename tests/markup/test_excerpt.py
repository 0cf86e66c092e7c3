"""Where the beginning of a post ends."""

import pytest

from markup import Picture, Rendered, render_post
from tests.markup.reading import tree

SENTENCE = "Dit is een zin van tien woorden in het Nederlands. "


def rendered(source: str, language: str = "nl") -> Rendered:
    return render_post(source, language=language)


def words(html: str) -> str:
    return " ".join(tree(html).text_content().split())


def test_the_author_says_where_it_ends() -> None:
    post = rendered("Eerst.\n\n## Dan\n\n<!-- more -->\n\nRest.")
    assert words(post.excerpt_html) == "Eerst. Dan"
    assert post.has_more
    assert words(post.html) == "Eerst. Dan Rest."


@pytest.mark.parametrize(
    "source", ["Alles[^1].\n\n<!-- more -->\n\n[^1]: Noot", "*Alles*. <!-- more -->"]
)
def test_a_marker_with_nothing_after_it_leaves_no_more_to_read(source: str) -> None:
    assert not rendered(source).has_more


@pytest.mark.parametrize(
    "source",
    [
        "`<!-- more -->`",
        "> <!-- more -->",
        "- a <!-- more --> b",
        "<!-- moreover -->b",
        "    <!-- more -->\n\nb",
    ],
)
def test_a_marker_counts_only_in_the_running_text(source: str) -> None:
    assert words(rendered(f"A\n\n{source}\n\nSlot.").excerpt_html).endswith("Slot.")


@pytest.mark.parametrize(
    ("marker", "label"),
    [
        ("<!-- more -->", ""),
        ("<!--more-->", ""),
        ("<!-- MORE\n-->", ""),
        (" <!-- more -->", ""),
        ("   <!--more-->  ", ""),
        ("<!--more Lees alles-->", "Lees alles"),
        ("<!-- more  Alle “cijfers” & meer  -->", "Alle “cijfers” & meer"),
        ("<!--more " + "a" * 200 + "-->", "a" * 100),
    ],
)
@pytest.mark.parametrize(
    "around", ["Eerst.\n\n{}\n\nRest.", "Eerst.\n{}\nRest.", "Eerst. {} Rest."]
)
def test_a_marker_may_be_indented_stand_in_a_line_and_name_the_way_on(
    around: str, marker: str, label: str
) -> None:
    post = rendered(around.format(marker))
    assert words(post.excerpt_html) == "Eerst."
    assert (post.has_more, post.more_label) == (True, label)
    assert words(post.html) == "Eerst. Rest."


def test_what_follows_a_marker_on_its_line_is_markdown() -> None:
    post = rendered("Eerst.\n\n<!-- more --> *Rest*.")
    assert post.html == "<p>Eerst.</p>\n\n<p><em>Rest</em>.</p>\n"


def test_a_marker_within_stress_or_html_closes_what_is_open() -> None:
    assert rendered("*A <!--more--> b* c").excerpt_html == "<p><em>A </em></p>\n"
    assert rendered("<div>\n<p>A</p>\n<!--more-->\n<p>B</p>\n</div>").excerpt_html == (
        "<div>\n<p>A</p>\n</div>"
    )


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "<!-- note -->",
        "<p></p>",
        "<script>a</script>",
        "[^1]: Noot",
        "[a]: /b",
        "&nbsp;",
        "<!--more-->",
        "<b></b>",
    ],
)
@pytest.mark.parametrize("before", ["Short.\n\n", "Short.\n\n<!-- more -->\n\n"])
def test_nothing_is_left_to_read_where_nothing_more_shows(before: str, rest: str) -> None:
    post = rendered(f"{before}{rest}")
    assert words(post.excerpt_html) == "Short."
    assert (post.has_more, post.more_label) == (False, "")


@pytest.mark.parametrize(
    "rest", ["B", "---", "![](image:q)", "- [ ] b", "    code", "<hr>", "[^1]"]
)
def test_something_is_left_to_read_where_something_shows(rest: str) -> None:
    quay = Picture(key="q", src="/q.jpg", width=1, height=1)
    source = f"Short[^1].\n\n<!-- more -->\n\n{rest}\n\n[^1]: Noot"
    assert render_post(source, language="nl", pictures={"q": quay}).has_more


def test_a_marker_before_everything_counts_for_nothing() -> None:
    assert words(rendered("<!-- more -->\n\nAlles.").excerpt_html) == "Alles."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"> {SENTENCE * 20}", SENTENCE * 6),
        (f"> {SENTENCE * 5}\n>\n> {SENTENCE * 15}", SENTENCE * 5),
        (f"- {SENTENCE * 20}\n- Twee", SENTENCE * 6),
        ("- *punt* een twee drie\n" * 50, "punt een twee drie " * 10),
        (f"1. {SENTENCE}\n   - {SENTENCE}\n" * 20, SENTENCE * 4),
        (f"Woord\n: {SENTENCE * 20}", "Woord " + SENTENCE * 6),
        (f"<p>{SENTENCE * 20}</p>", SENTENCE * 6),
    ],
)
def test_a_long_beginning_of_whatever_kind_has_an_excerpt(source: str, expected: str) -> None:
    post = rendered(source)
    assert words(post.excerpt_html) == expected.strip()
    assert post.has_more


def test_a_short_text_in_html_is_its_own_excerpt() -> None:
    post = rendered("<p>Kort &amp; <b>goed</b>.</p>")
    assert (post.excerpt_html, post.has_more) == ("<p>Kort &amp; goed.</p>\n", False)


def test_a_short_post_is_its_own_excerpt() -> None:
    post = rendered("Kort.")
    assert (post.excerpt_html, post.has_more) == ("<p>Kort.</p>\n", False)


def test_without_a_marker_it_ends_at_a_sentence_near_sixty_words() -> None:
    post = rendered(SENTENCE * 20)
    assert words(post.excerpt_html) == (SENTENCE * 6).strip()
    assert post.has_more


def test_it_goes_on_in_the_next_paragraph_until_it_says_enough() -> None:
    post = rendered(f"{SENTENCE * 2}\n\n{SENTENCE * 20}")
    assert words(post.excerpt_html) == (SENTENCE * 6).strip()


def test_a_paragraph_without_a_sentence_is_cut_between_words() -> None:
    post = rendered("woord " * 200)
    assert words(post.excerpt_html).split() == ["woord"] * 59 + ["woord…"]


@pytest.mark.parametrize(
    ("language", "tricky"),
    [
        ("nl", "Volgens dr. Jansen en mevr. De Wit, o.a. Utrecht, J. P. Bos c.q. B. Vis: goed."),
        ("de", "Am 31. Mai sagte Dr. Meyer, z.B. Hamburg, u.a. Kiel, bzw. H. K. Fuchs, es geht."),
        ("en", "As Dr. Smith and Mrs. Jones, e.g. London, vs. J. R. Brown said: all is well."),
    ],
)
def test_abbreviations_initials_and_ordinals_end_no_sentence(language: str, tricky: str) -> None:
    ending = "Dit is een slot dat nog even door gaat en gaat."
    source = f"{'woord ' * 50} {tricky} {ending} {'woord ' * 100}"
    excerpt = words(render_post(source, language=language).excerpt_html)
    assert excerpt.endswith((tricky, ending))


@pytest.mark.parametrize(
    ("language", "end", "is_one"),
    [("de", "31.", False), ("de", "1931.", True), ("en", "31.", True), ("nl", "31.", True)],
)
def test_a_number_with_a_full_stop_ends_a_sentence_but_for_an_ordinal(
    language: str, end: str, is_one: bool
) -> None:
    source = f"{'woord ' * 59}{end} Woord {'woord ' * 100}"
    excerpt = words(render_post(source, language=language).excerpt_html)
    assert excerpt.endswith(end if is_one else f"{end}…")


def test_a_word_in_capitals_ends_a_sentence() -> None:
    post = rendered(f"{'woord ' * 59}NAVO. Woord {'woord ' * 100}")
    assert words(post.excerpt_html).endswith("woord NAVO.")


@pytest.mark.parametrize(("length", "has_more"), [(80, False), (81, True)])
def test_a_rest_of_a_few_words_is_not_cut_off(length: int, has_more: bool) -> None:
    post = rendered("woord " * length)
    assert post.has_more is has_more
    assert words(post.excerpt_html).endswith("…") is has_more


def test_a_cut_inside_markup_closes_it() -> None:
    post = rendered(f"*{SENTENCE * 4}**{(SENTENCE * 10).strip()}***")
    assert post.has_more
    assert post.excerpt_html.startswith("<p><em>")
    assert post.excerpt_html.endswith("Nederlands.</strong></em></p>\n")


def test_pictures_footnotes_and_ids_stay_in_the_post() -> None:
    quay = Picture(key="q", src="/q.jpg", width=1, height=1, caption="Kade")
    source = "## Kop\n\nA[^1] ![b](image:q).\n\n![](image:q)\n\n<!-- more -->\n\nC\n\n[^1]: Noot"
    excerpt = render_post(source, language="nl", pictures={"q": quay}).excerpt_html
    assert "<h2>Kop</h2>" in excerpt
    assert not {"img", "figure", "sup", "section"} & {e.tag for e in tree(excerpt).iter()}
    assert "id=" not in excerpt


def test_code_tables_and_long_lists_are_passed_over() -> None:
    post = rendered(f"    code\n\n| a |\n|---|\n| b |\n\n{SENTENCE}")
    assert words(post.excerpt_html) == SENTENCE.strip()
    assert post.has_more


def test_a_short_list_belongs_to_it() -> None:
    assert words(rendered("Drie:\n\n- a\n- b\n- c").excerpt_html) == "Drie: a b c"


def test_it_does_not_run_into_the_next_section() -> None:
    assert words(rendered("# Kop\n\nEen.\n\n# Kop\n\nTwee.").excerpt_html) == "Een."
