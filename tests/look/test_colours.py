"""The site's colours can be read, by day and by night."""

import re
from pathlib import Path

import pytest

from tests.colours import contrast

CSS = (Path(__file__).parents[2] / "static" / "css" / "site.css").read_text()
SHEETS = ("paper", "paper-deep", "field")
TEXT = ("ink", "ink-soft", "accent", "accent-deep")


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def palettes() -> dict[str, dict[str, str]]:
    tokens = CSS.split("@layer tokens {")[1].split("@layer base {")[0]
    day, night = re.findall(r":root \{(.*?)\}", tokens, re.DOTALL)
    return {"day": palette(day), "night": palette(night)}


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_text_has_seven_to_one(time: str, sheet: str) -> None:
    colours = palettes()[time]
    for name in TEXT:
        assert contrast(colours[name], colours[sheet]) >= 7, name


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_edges_of_fields_have_three_to_one(time: str, sheet: str) -> None:
    colours = palettes()[time]
    assert contrast(colours["edge"], colours[sheet]) >= 3


def test_night_changes_every_colour_of_the_day() -> None:
    day, night = palettes()["day"], palettes()["night"]
    assert day.keys() == night.keys()
    assert not {name for name in day if day[name] == night[name]}


def test_the_admin_has_the_same_paper_ink_and_accent() -> None:
    admin = (Path(__file__).parents[2] / "static" / "css" / "admin.css").read_text()
    for colours in palettes().values():
        assert {colours[name] for name in ("paper", "ink", "accent")} <= set(
            re.findall("#[0-9a-f]{6}", admin)
        )


@pytest.mark.parametrize("sheet", ["site", "admin"])
def test_every_file_that_a_style_sheet_names_is_shipped(sheet: str) -> None:
    folder = Path(__file__).parents[2] / "static" / "css"
    named = re.findall(r'url\("([^"]+)"\)', (folder / f"{sheet}.css").read_text())
    assert named
    assert [name for name in named if not (folder / name).is_file()] == []
