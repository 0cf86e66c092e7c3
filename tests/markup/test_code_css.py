"""The colours of code can be read, by day and by night."""

import re
from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

from tests.colours import contrast

CSS = (Path(__file__).parents[2] / "static" / "css" / "code.css").read_text()
PLAIN = {"", "x", "esc", "w", "n", "o", "p", "pm", "g", "nx"}


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--code-([\w-]+): (#[0-9a-f]{6});", block))


LIGHT, DARK = (palette(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_stands_out_from_its_paper(colours: dict[str, str]) -> None:
    for name, colour in colours.items():
        if not name.endswith("paper"):
            paper = colours.get(f"{name}-paper", colours["paper"])
            assert contrast(colour, paper) >= 4.5, name


def test_light_and_dark_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_class_of_pygments_is_styled_or_meant_to_be_plain() -> None:
    styled = set(re.findall(r"\.([a-z][a-z0-9]{0,2})\b", CSS))
    assert set(STANDARD_TYPES.values()) - styled == PLAIN
