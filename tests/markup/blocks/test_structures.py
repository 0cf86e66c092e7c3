"""Tables, footnotes, definition lists, strikethrough, task lists."""

from markup import render_post
from tests.markup.reading import tree


def html(source: str, language: str = "nl") -> str:
    return render_post(source, language=language).html


def test_a_table_scrolls_by_keyboard_in_a_frame_with_a_name() -> None:
    found = tree(html("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |"))
    frames = found.findall("div")
    assert [frame.get("aria-label") for frame in frames] == ["Tabel 1", "Tabel 2"]
    assert {frame.get("tabindex") for frame in frames} == {"0"}
    assert [cell.get("scope") for cell in found.iter("th")] == ["col"] * 3
    assert [cell.get("class") for cell in found.iter("td")] == ["align-left", "align-right", None]


def test_a_footnote_and_its_references_lead_to_each_other() -> None:
    found = tree(html("A[^x] b[^x].\n\n[^x]: De *noot*.", "de"))
    references = [a for a in found.iter("a") if a.get("role") == "doc-noteref"]
    backs = [a for a in found.iter("a") if a.get("role") == "doc-backlink"]
    notes = found.find("section")
    assert notes.get("aria-label") == "Fußnoten"
    assert {a.get("href") for a in references} == {f"#{notes.find('ol/li').get('id')}"}
    assert [a.get("id") for a in references] == ["fn-ref-1", "fn-ref-1-2"]
    assert [f"#{a.get('id')}" for a in references] == [a.get("href") for a in backs]
    assert {a.get("aria-label") for a in backs} == {"Zurück zum Text"}


def test_a_reference_to_no_footnote_stays_text() -> None:
    assert html("A[^x] en [^ y]") == "<p>A[^x] en [^ y]</p>\n"


def test_a_definition_list() -> None:
    assert html("Term\n: Uitleg") == "<dl>\n<dt>Term</dt>\n<dd>Uitleg</dd>\n</dl>\n"


def test_strikethrough() -> None:
    assert html("~~weg~~") == "<p><s>weg</s></p>\n"


def test_a_task_shows_whether_it_is_done_and_cannot_be_changed() -> None:
    found = tree(html("- [ ] *a*\n- [x] b\n- c\n  1. [X] d"))
    boxes = list(found.iter("input"))
    assert [box.get("checked") is not None for box in boxes] == [False, True, True]
    assert all(box.get("type") == "checkbox" and box.get("disabled") == "" for box in boxes)
    assert [label.text_content() for label in found.iter("label")] == [" a", " b", " d"]
    assert [item.get("class") for item in found.iter("li")] == ["task", "task", None, "task"]
    assert found.find("ul").get("class") == "tasks"


def test_a_list_around_tasks_keeps_its_own_bullets() -> None:
    found = tree(html("- a\n  - [ ] b\n- c"))
    assert [one.get("class") for one in found.iter("ul")] == [None, "tasks"]


def test_what_only_looks_like_a_task_is_none() -> None:
    assert "<input" not in html("[ ] a\n\n- [] b\n- [y] c\n- [x]\n- `[x] d`")
