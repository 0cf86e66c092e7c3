"""The colours of code can be read, by day and by night."""

import re

import pytest
from pygments.token import STANDARD_TYPES

from tests.colours import CSS as FOLDER
from tests.colours import contrast, palettes

CSS = (FOLDER / "code.css").read_text()
PLAIN = {"", "x", "esc", "w", "n", "o", "p", "pm", "g", "nx"}


def of_code(palette: dict[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("code-"): colour
        for name, colour in palette.items()
        if name.startswith("code-")
    }


LIGHT, DARK = (of_code(palette) for palette in palettes().values())


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_stands_out_from_its_paper(colours: dict[str, str]) -> None:
    for name, colour in colours.items():
        if not name.endswith("paper"):
            paper = colours.get(f"{name}-paper", colours["paper"])
            assert contrast(colour, paper) >= 4.5, name


def test_every_colour_that_is_used_has_a_light_and_a_dark_value() -> None:
    assert LIGHT.keys() == DARK.keys() == set(re.findall(r"var\(--code-([\w-]+)\)", CSS))


def test_every_class_of_pygments_is_styled_or_meant_to_be_plain() -> None:
    styled = set(re.findall(r"\.([a-z][a-z0-9]{0,2})\b", CSS))
    assert set(STANDARD_TYPES.values()) - styled == PLAIN
