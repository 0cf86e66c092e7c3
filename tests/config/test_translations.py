"""Catalogues are compiled where they have changed, without GNU gettext."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Any

import pytest

from config.start.translations import compile_translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture
def catalogue(settings: Any, tmp_path: Path) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'{HEADER}{PLURALS}\nmsgid "reply"\nmsgstr "reactie"\n', encoding="utf-8")
    return path


def dutch(folder: Path) -> gettext.NullTranslations:
    return gettext.translation("django", folder, ["nl"])


def test_a_new_catalogue_is_compiled(catalogue: Path, tmp_path: Path) -> None:
    assert compile_translations() == [catalogue]
    assert dutch(tmp_path).gettext("reply") == "reactie"


def test_a_catalogue_that_has_not_changed_is_left(catalogue: Path) -> None:
    compile_translations()
    assert compile_translations() == []


def test_a_catalogue_that_has_changed_is_compiled_again(catalogue: Path) -> None:
    compile_translations()
    compiled = catalogue.with_suffix(".mo").stat().st_mtime
    os.utime(catalogue, (compiled + 5, compiled + 5))
    assert compile_translations() == [catalogue]


def test_plurals_are_kept(catalogue: Path, tmp_path: Path) -> None:
    with catalogue.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\n')
        file.write('msgstr[0] "%(n)s dag"\nmsgstr[1] "%(n)s dagen"\n')
    compile_translations()
    assert dutch(tmp_path).ngettext("%(n)s day", "%(n)s days", 3) == "%(n)s dagen"


def test_an_uncertain_translation_is_not_shown(catalogue: Path, tmp_path: Path) -> None:
    with catalogue.open("a", encoding="utf-8") as file:
        file.write('\n#, fuzzy\nmsgid "post"\nmsgstr "paal"\n')
    compile_translations()
    assert dutch(tmp_path).gettext("post") == "post"


def test_nothing_half_written_stays_behind(catalogue: Path) -> None:
    compile_translations()
    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]
