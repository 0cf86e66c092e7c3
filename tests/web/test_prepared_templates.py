"""A template made once for each set of choices says what Django would say for each row."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.utils.translation import override

from web.prepared_templates import PreparedTemplate

SOURCE = """{% load i18n %}
<p class="100%">
  {% if is_new %}
    {% translate "new" context "mark on a reply" %}:
  {% endif %}
  {% blocktranslate %}Reply to {{ name }}{% endblocktranslate %}

  50% of %(name)s
</p>
"""


class Choices(NamedTuple):
    is_new: bool


@pytest.fixture
def template(tmp_path: Path, settings: Any) -> PreparedTemplate:
    (tmp_path / "one.html").write_text(SOURCE, encoding="utf-8")
    options = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    settings.TEMPLATES = [options]
    return PreparedTemplate("one.html", values=("name",))


def test_values_stand_where_the_template_names_them(template: PreparedTemplate) -> None:
    html = template.html(Choices(is_new=True), {"name": "Wim"})
    assert html.split() == '<p class="100%"> new: Reply to Wim 50% of %(name)s </p>'.split()


def test_each_set_of_choices_has_its_own_html(template: PreparedTemplate) -> None:
    assert "new" in template.html(Choices(is_new=True), {"name": "Wim"})
    assert "new" not in template.html(Choices(is_new=False), {"name": "Wim"})


def test_each_language_has_its_own_html(template: PreparedTemplate) -> None:
    for language, words in (
        ("nl", "Reageren op Wim"),
        ("de", "Wim antworten"),
        ("en", "Reply to Wim"),
    ):
        with override(language):
            assert words in template.html(Choices(is_new=False), {"name": "Wim"})


@pytest.mark.parametrize("name", ["%", "%s %(name)s", "{{ name }}", "\x02name\x03", "50 % d"])
def test_a_value_is_never_read_as_a_mark(template: PreparedTemplate, name: str) -> None:
    assert f"Reply to {name}\n" in template.html(Choices(is_new=False), {"name": name})


def test_indentation_is_left_out_but_a_space_between_words_is_not(
    template: PreparedTemplate,
) -> None:
    html = template.html(Choices(is_new=True), {"name": "a\n   b"})
    assert "new:\nReply to a\n   b\n50%" in html


def test_rows_come_one_after_the_other(template: PreparedTemplate) -> None:
    rows = [(Choices(is_new=new), {"name": name}) for new, name in ((True, "A"), (False, "B"))]
    html = template.rows(rows)
    assert html == "".join(template.html(*row) for row in rows)


def test_a_developer_sees_a_changed_template_at_once(
    template: PreparedTemplate, tmp_path: Path, settings: Any
) -> None:
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "APP_DIRS": False}
        | {"OPTIONS": {"loaders": ["django.template.loaders.filesystem.Loader"]}}
    ]
    settings.DEBUG = True
    assert "Reply to Wim" in template.html(Choices(is_new=False), {"name": "Wim"})
    (tmp_path / "one.html").write_text("Changed {{ name }}", encoding="utf-8")
    assert template.html(Choices(is_new=False), {"name": "Wim"}) == "Changed Wim"
