"""The colours can be read, by day and by night, and stand in one file."""

import re
from pathlib import Path

import pytest

from tests.colours import CSS, contrast, palettes
from tools.colours import strays_elsewhere, strays_in_sheets

ROOT = CSS.parents[1]
SHEETS = ("paper", "paper-deep", "field")
DESK_SHEETS = ("desk", "desk-head", "desk-deep", "desk-chosen", "desk-row")
TEXT = ("ink", "ink-soft", "mark", "mark-deep")


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_text_has_seven_to_one(time: str, sheet: str) -> None:
    colours = palettes()[time]
    for name in TEXT:
        assert contrast(colours[name], colours[sheet]) >= 7, name


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("sheet", DESK_SHEETS)
def test_text_on_the_desk_has_four_and_a_half_to_one(time: str, sheet: str) -> None:
    colours = palettes()[time]
    for name in (*TEXT, "desk-ink"):
        assert contrast(colours[name], colours[sheet]) >= 4.5, name


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_edges_of_fields_have_three_to_one(time: str, sheet: str) -> None:
    colours = palettes()[time]
    assert contrast(colours["edge"], colours[sheet]) >= 3


def test_night_changes_every_colour_of_the_day() -> None:
    day, night = palettes()["day"], palettes()["night"]
    assert len(day) >= 40
    assert not {name for name in day if day[name] == night[name]}


def test_the_admin_has_the_same_paper_ink_and_accent() -> None:
    admin = (CSS / "admin.css").read_text()
    assert '@import "tokens.css";' in admin
    assert {"paper", "ink", "mark"} <= set(re.findall(r"var\(--([\w-]+)\)", admin))


@pytest.mark.parametrize("name", [sheet.name for sheet in CSS.rglob("*.css")])
def test_every_file_that_a_style_sheet_names_is_shipped(name: str) -> None:
    (sheet,) = CSS.rglob(name)
    named = re.findall(r'(?:url\(|@import )"([^"]+)"', sheet.read_text())
    assert [name for name in named if not (sheet.parent / name).is_file()] == []
    assert named or name not in {"site.css", "admin.css", "fonts.css"}


@pytest.mark.parametrize("name", [sheet.name for sheet in CSS.rglob("*.css")])
def test_every_value_that_a_style_sheet_asks_for_by_name_is_given(name: str) -> None:
    (sheet,) = CSS.rglob(name)
    given = {"focus-x", "focus-y", "deep", "lines"} | names_given("tokens.css", "admin.css")
    assert set(re.findall(r"var\(--([\w-]+)", sheet.read_text())) - given == set()


def names_given(*sheets: str) -> set[str]:
    return {
        name for sheet in sheets for name in re.findall(r"--([\w-]+):", (CSS / sheet).read_text())
    }


# --- no colour outside the tokens ---


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in which every colour stands where it should."""
    for name, text in {
        "static/css/tokens.css": ":root { --paper: light-dark(#faf6ec, #1a1613); --veil: rgb(0 0 0 / 50%); }",
        "static/css/site/base.css": """
            /* Red as #f00 would be. */
            #add, .tan a:hover, .red:not(.x) { color: var(--paper); border: 0 solid transparent; }
            p { fill: currentcolor; font-family: "Tandem"; white-space: pre; }
        """,
        "static/js/page.js": 'const id = "#comment-1";',
        "templates/base.html": '<meta content="#faf6ec"><a href="#content">&#8217;</a>',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_no_colour_is_found_where_names_of_colours_are_parts_of_other_words(site: Path) -> None:
    assert [*strays_in_sheets(site), *strays_elsewhere(site)] == []


@pytest.mark.parametrize(
    ("colour", "found"),
    [
        ("#fff", "#fff"),
        ("#FAF6EC", "#FAF6EC"),
        ("#faf6ec80", "#faf6ec80"),
        ("rgb(0 0 0)", "rgb("),
        ("RGBA(0, 0, 0, 0.5)", "RGBA("),
        ("hsl(1 2% 3%)", "hsl("),
        ("oklch(1 0 0)", "oklch("),
        ("color-mix(in srgb, var(--paper), transparent)", "color-mix("),
        ("light-dark(var(--paper), var(--ink))", "light-dark("),
        ("white", "white"),
        ("Tan", "Tan"),
    ],
)
def test_a_colour_in_a_style_sheet_is_found(site: Path, colour: str, found: str) -> None:
    sheet = f"a {{\n  margin: 0;\n  border: 1px solid {colour}\n}}"
    (site / "static/css/site/base.css").write_text(sheet)
    assert list(strays_in_sheets(site)) == [f"static/css/site/base.css:3: {found}"]


def test_a_colour_elsewhere_is_one_of_the_tokens(site: Path) -> None:
    (site / "static/js/page.js").write_text(
        'a.style.color = "#1a1613";\nb.style.color = "#1a1614";'
    )
    (site / "templates/base.html").write_text('<meta content="#fff"><p data-x="rgb(0 0 0)">')
    assert list(strays_elsewhere(site)) == [
        "static/js/page.js:2: #1a1614",
        "templates/base.html:1: #fff",
        "templates/base.html:1: rgb(",
    ]


def test_no_colour_of_ours_stands_outside_the_tokens() -> None:
    assert [*strays_in_sheets(ROOT), *strays_elsewhere(ROOT)] == []
