"""Headings, their ids, the table of contents."""

from markup import Heading, render_post


def toc(source: str) -> tuple[Heading, ...]:
    return render_post(source, language="nl").toc


def test_the_highest_heading_of_a_post_is_of_the_second_level() -> None:
    assert [h.level for h in toc("# A\n\n## B\n\n# C")] == [2, 3, 2]
    assert [h.level for h in toc("### A\n\n#### B")] == [2, 3]


def test_no_heading_is_deeper_than_six() -> None:
    assert [h.level for h in toc("# A\n\n###### B")] == [2, 6]


def test_an_id_is_made_of_the_words_in_any_script() -> None:
    assert [h.id for h in toc("# Één & 'twee'\n\n# Ελλάδα\n\n# !?")] == [
        "h-één-twee",
        "h-ελλάδα",
        "h-section",
    ]


def test_ids_are_unique_even_when_a_heading_looks_like_a_numbered_one() -> None:
    assert [h.id for h in toc("# a\n\n# a 2\n\n# a\n\n# a")] == ["h-a", "h-a-2", "h-a-3", "h-a-4"]


def test_the_table_of_contents_holds_plain_words() -> None:
    assert toc('# "Een" *twee* `drie`') == (Heading(2, "h-een-twee-drie", "“Een” twee drie"),)


def test_a_heading_in_a_quotation_is_not_in_the_table_of_contents() -> None:
    rendered = render_post("> # Geciteerd\n\n# Eigen", language="nl")
    assert [h.text for h in rendered.toc] == ["Eigen"]
    assert '<h2 id="h-geciteerd">' in rendered.html
