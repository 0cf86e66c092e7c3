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


def test_a_marker_with_nothing_after_it_leaves_no_more_to_read() -> None:
    assert not rendered("Alles[^1].\n\n<!-- more -->\n\n[^1]: Noot").has_more


@pytest.mark.parametrize("source", ["`<!-- more -->`", "> <!-- more -->", "a <!-- more --> b"])
def test_a_marker_counts_only_alone_on_its_line(source: str) -> None:
    assert not rendered(source).has_more


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
