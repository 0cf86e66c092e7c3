"""What brings templates into shape: nothing of it is seen on a page."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from django.template import Context, Template
from lxml import html

from tools.shaping.breaking import WIDTH, shaped
from tools.shaping.seams import BLOCKS, BLOCKS_WITHIN
from tools.templates import ROOT

TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
WORDS = (
    "A sentence of some length that goes on and on until the line is longer than a screen is wide"
)


# --- indentation ---


def test_what_stands_in_something_is_indented() -> None:
    shape = """\
{% if a %}
  <ul>
    {% for x in y %}
      <li>{{ x }}</li>
    {% empty %}
      <li>b</li>
    {% endfor %}
  </ul>
{% endif %}
"""
    assert shaped(re.sub("^ +", "", shape, flags=re.MULTILINE)) == shape
    assert shaped(shape.replace("\n", "\n   ")) == shape


def test_what_one_line_opens_is_one_step() -> None:
    assert (
        shaped("{% if a %}<p>\nb\n</p>{% endif %}\nc\n")
        == "{% if a %}<p>\n  b\n</p>{% endif %}\nc\n"
    )


def test_each_branch_may_open_what_is_closed_once() -> None:
    source = "{% if a %}\n<p>\n{% else %}\n<p class='b'>\n{% endif %}\nc\n</p>\nd\n"
    assert shaped(source).splitlines()[-1] == "d"


def test_a_line_between_blocks_stays_blank() -> None:
    source = "{% block a %}b{% endblock %}\n\n{% block c %}d{% endblock %}\n"
    assert shaped(source) == source


@pytest.mark.parametrize("element", ["pre", "textarea", "script", "style"])
def test_what_is_shown_as_it_stands_is_left_as_it_is(element: str) -> None:
    kept = f'<{element} class="x">\n{{{{ a }}}}\n  <b> {"b " * 90}\n</{element}>'
    assert kept in shaped(f"<div>\n{kept}\n</div>\n")


def test_a_translation_that_is_not_trimmed_keeps_its_lines() -> None:
    kept = "{% blocktranslate %}a\nb{% endblocktranslate %}"
    assert kept in shaped(f"<p>\n{kept}\n</p>\n")


# --- lines that are too long ---


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_templates_are_in_shape(path: Any) -> None:
    source = path.read_text()
    assert shaped(source) == source
    assert [line for line in source.splitlines() if len(line) > WIDTH] == []


def test_a_long_element_is_broken_between_its_attributes() -> None:
    source = f'<a href="{"x" * 60}" class="quiet" title="{"y" * 40}">z</a>\n'
    assert shaped(source) == (f'<a href="{"x" * 60}" class="quiet"\n    title="{"y" * 40}">z</a>\n')


def test_long_words_that_are_looked_up_are_the_same_words() -> None:
    source = f"<p>{{% translate '{WORDS}. {WORDS}' %}}</p>\n"
    shape = shaped(source)
    assert shape.splitlines()[1] == "  {% blocktranslate trimmed %}"
    assert render("{% load i18n %}" + shape).split("\n") == [
        "<p>",
        f"  {WORDS}. {WORDS}",
        "</p>",
        "",
    ]


@pytest.mark.parametrize("words", ["100% of it", r"a \"word\"", "%s of it"])
def test_words_that_would_be_looked_up_otherwise_are_left(words: str) -> None:
    assert "blocktranslate" not in shaped(f'<p>{{% translate "{words} {"and on " * 20}" %}}</p>\n')


def test_what_cannot_be_broken_stays_long() -> None:
    source = "a" * 200 + "\n"
    assert shaped(source) == source


# --- what a reader sees ---

LONG = "a_name_that_is_as_long_as_a_path_to_what_a_template_shows_may_well_become"
SAME = [
    "<p>{% if a %}LONG{% else %}b{% endif %}{% if b %}, LONG{% endif %}</p>",
    "<p>LONG{% if a %} <b>LONG</b>{% endif %}{% if b %}<i>LONG LONG</i>{% endif %}</p>",
    "<p>{% for x in three %}<b>{{ x }} LONG</b>{% if a %}, {% endif %}{% endfor %}LONG</p>",
    "<ul>{% for x in none %}<li>{{ x }}</li>{% empty %}<li>LONG no</li>{% endfor %}</ul>LONG",
    "<b>{% for x in none %}{{ x }}{% empty %}LONG{% endfor %}</b>{% for x in three %}LONG{% endfor %}",
    "{% for x in none %}<p>LONG</p>{% empty %}LONG{% endfor %}<i>LONG</i>",
    "<b>a</b>{% if a %}<p>LONG</p>{% elif b %}b{% endif %}<i>LONG LONG</i> LONG",
    "c{% if a %}{% if b %}LONG{% else %}<p>d</p>{% endif %}{% endif %}e <b>LONG</b><i>LONG</i>",
    "<p>LONG<button name='a' value='b'>LONG LONG</button>LONG</p>",
    "<p>LONG<svg class='a' id='b'><path d='LONG'/></svg>LONG<input name='LONG'>LONG</p>",
    "<p title='{% if a %}LONG  LONG{% endif %} {% if b %}b{% endif %}'{% if b %} id='LONG'{% endif %}>c</p>",
    "<p>LONG{% comment %}c{% endcomment %}LONG{% url 'blog:home' as u %}{{ u }}LONG {{ u }}</p>",
    "<p>LONG{% with d=long %}{{ d }}{% endwith %}<b>{% with d=long %} {{ d }} {% endwith %}</b>LONG</p>",
    "<label>LONG</label><textarea name='LONG'>\n LONG \n</textarea><pre> LONG\n</pre>LONG",
    "<p>{% blocktranslate with c=long %}e {{ c }} <b>f</b>{% endblocktranslate %}<i>LONG</i></p>",
    "<p>LONG{% blocktranslate count n=3 %}{{ n }} e{% plural %}{{ n }} fs{% endblocktranslate %}, g LONG</p>",
    '<p title=\'{% translate "WORDS" %}\' lang=\'{% translate "WORDS" context "c" %}\'>a</p>',
    '<i>LONG</i><b>{% translate "WORDS" %}</b><i>{% translate "WORDS" %}</i>',
]


@pytest.mark.parametrize("source", SAME)
def test_a_reader_sees_the_same(source: str) -> None:
    source = source.replace("LONG", f"{{{{ {LONG} }}}}").replace("WORDS", WORDS)
    source = f"{{% load i18n %}}{source}\n"
    shape = shaped(source)
    assert shape != source
    assert shaped(shape) == shape
    for a, b, none in product([True, False], [True, False], [[], [1, 2]]):
        context = {"a": a, "b": b, "long": "d", LONG: "l", "three": [1, 2, 3], "none": none}
        assert seen(render(shape, **context)) == seen(render(source, **context))


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def seen(page: str) -> list[str]:
    """Elements and letters of a page, with white space as a browser has it: see `Inline`."""
    inline = Inline()
    inline.take(html.fromstring(f"<div>{page}</div>"))
    return inline.shown


class Inline:
    """One space for many, also over the ends of elements that stand in a line, and none beside a block."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.space: int | None = None  # where the latest is, while nothing followed it
        self.is_at_start = True

    def take(self, element: Any) -> None:
        attributes = "".join(f" {name}={value!r}" for name, value in element.items())
        self.tag(
            f"<{element.tag}{attributes}>",
            element.tag in BLOCKS,
            element.tag in BLOCKS | BLOCKS_WITHIN,
        )
        if element.tag in {"pre", "textarea"}:
            self.shown.append(repr(element.text))
        else:
            self.text(element.text or "")
        for child in element:
            self.take(child)
            self.text(child.tail or "")
        self.tag(f"</{element.tag}>", element.tag in BLOCKS | BLOCKS_WITHIN, element.tag in BLOCKS)

    def tag(self, tag: str, ends_before: bool, starts_after: bool) -> None:
        if ends_before and self.space is not None:
            del self.shown[self.space]
        if ends_before or starts_after:
            self.space, self.is_at_start = None, starts_after
        self.shown.append(tag)

    def text(self, text: str) -> None:
        for letter in re.sub(r"\s+", " ", text):
            if letter != " ":
                self.space, self.is_at_start = None, False
            elif self.is_at_start or self.space is not None:
                continue
            else:
                self.space = len(self.shown)
            self.shown.append(letter)
