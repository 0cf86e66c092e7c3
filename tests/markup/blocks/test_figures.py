"""Pictures of the library, and what becomes of all others."""

from dataclasses import replace

from markup import Picture, picture_keys, pictures_without_alt, render_post
from tests.markup.reading import tree

QUAY = Picture(
    key="quay",
    src="/media/quay.jpg",
    width=1200,
    height=800,
    srcset="/media/quay-480.webp 480w",
    alt="Boats at the quay",
    caption='The "old" quay',
    credit="Ada Okafor",
    credit_url="https://example.org/ada",
    licence="CC BY 4.0",
    licence_url="https://example.org/by",
    full_src="/media/quay-full.jpg",
)


def html(source: str, picture: Picture = QUAY) -> str:
    return render_post(source, language="en", pictures={"quay": picture}).html


def test_a_picture_alone_in_its_paragraph_is_a_figure_with_caption_and_credit() -> None:
    figure = tree(html("![](image:quay)")).find("figure")
    assert figure.get("class") == "figure"
    assert figure.find("a").get("href") == "/media/quay-full.jpg"
    image = figure.find("a/img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == (
        "Boats at the quay",
        "1200",
        "800",
    )
    assert image.get("srcset") == "/media/quay-480.webp 480w"
    assert image.get("loading") == "lazy"
    assert figure.find("figcaption").text_content() == ("The “old” quay Ada Okafor · CC BY 4.0")
    links = [a.get("href") for a in figure.iterfind("figcaption/span/a")]
    assert links == ["https://example.org/ada", "https://example.org/by"]


def test_the_author_overrules_the_library() -> None:
    figure = tree(html('![Low tide](image:quay "At low tide")')).find("figure")
    assert figure.find("a/img").get("alt") == "Low tide"
    assert figure.find("figcaption").text.strip() == "At low tide"


def test_a_decorative_picture_is_silent_and_its_link_has_a_name() -> None:
    link = tree(html("![](image:quay)", replace(QUAY, decorative=True))).find("figure/a")
    assert link.find("img").get("alt") == ""
    assert link.get("aria-label") == "Larger picture"


def test_a_picture_with_nothing_to_say_has_no_caption() -> None:
    bare = Picture(key="quay", src="/q.jpg", width=1, height=1)
    assert tree(html("![](image:quay)", bare)).find("figure/figcaption") is None


def test_a_picture_may_lead_elsewhere() -> None:
    figure = tree(html("[![](image:quay)](/elsewhere)")).find("figure")
    assert figure.find("a").get("href") == "/elsewhere"


def test_a_picture_among_words_is_no_figure() -> None:
    paragraph = tree(html("see ![](image:quay) here")).find("p")
    assert paragraph.find("img").get("src") == "/media/quay.jpg"


def test_texts_from_the_library_are_escaped() -> None:
    nasty = replace(QUAY, alt='"><script>', caption="<script>alert(1)</script>", credit="<b>")
    assert "<script" not in html("![](image:quay)", nasty)
    assert "<b>" not in html("![](image:quay)", nasty)


def test_an_unknown_picture_leaves_its_words() -> None:
    assert html("![the words](image:nowhere)") == "<p>the words</p>\n"


def test_a_picture_from_elsewhere_becomes_a_link() -> None:
    link = '<a href="https://example.org/x.png" rel="noopener">'
    assert html("![a view](https://example.org/x.png)") == f"<p>{link}a view</a></p>\n"
    assert f"{link}a view</a>" in html('<img alt="a view" src="https://example.org/x.png">')
    assert "<img" not in html("![](/media/quay.jpg) <img src='/media/other.jpg'>")


def test_no_link_stands_inside_a_link() -> None:
    assert html("[![a view](https://example.org/x.png)](/y)").count("<a ") == 1


def test_the_keys_are_those_in_the_text_and_not_in_code() -> None:
    source = "![](image:b)\n\n`![](image:no)`\n\n> ![x](image:a) ![](image:b)\n\n    ![](image:no)"
    assert picture_keys(source) == ["b", "a"]
    assert pictures_without_alt(source) == ["b"]
