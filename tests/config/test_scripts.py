"""A script module that is written in parts: what is served for it."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from config.scripts import NotJoinable
from tests.config.conftest import Collect

ONE_PART = {
    "js/page.js": 'import { greet } from "./page/one.js";\n\ngreet("all");\n',
    "js/page/one.js": "export function greet(whom) {\n  tell(`hello ${whom}`);\n}\n",
}


def told(script: str) -> list[str]:
    """Return the quoted words of a script, in the order in which they stand."""
    return re.findall(r'"([\w ]+)"', script)


def test_a_module_has_its_parts_in_it(collect: Collect) -> None:
    served = collect(ONE_PART)
    assert "import" not in served
    assert "export" not in served
    assert served.index("function greet(whom)") < served.index('greet("all")')


def test_parts_run_in_the_order_in_which_a_browser_would_run_them(collect: Collect) -> None:
    served = collect(
        {
            "js/page.js": 'import "./page/b.js";\nimport "./page/a.js";\ntell("page");\n',
            "js/page/a.js": 'import { both } from "../both.js";\ntell("a", both);\n',
            "js/page/b.js": 'import { both } from "../both.js";\ntell("b", both);\n',
            "js/both.js": 'tell("both");\nexport const both = 1;\n',
        }
    )
    assert told(served) == ["both", "b", "a", "page"]


def test_names_of_one_part_are_not_those_of_another(collect: Collect) -> None:
    served = collect(
        {
            "js/page.js": 'import "./one.js";\nconst name = 2;\n',
            "js/one.js": "const name = 1;\n",
        }
    )
    one, two = served.index("const name=1"), served.index("const name=2")
    assert "})();" in served[one:two]


def test_comments_and_indents_are_left_out_and_texts_are_not(collect: Collect) -> None:
    served = collect({"js/page.js": "/* why */\nif (a) {\n  b(`//  c`, /[/*]  /); // d\n}\n"})
    assert "why" not in served
    assert "// d" not in served
    assert "b(`//  c`,/[/*]  /);" in served


def test_the_name_changes_with_a_part(collect: Collect) -> None:
    collect(ONE_PART)
    before = staticfiles_storage.url("js/page.js")
    collect(ONE_PART | {"js/page/one.js": "export const greet = alert;\n"})
    assert staticfiles_storage.url("js/page.js") != before


def test_a_script_of_a_package_stays_as_it_is(collect: Collect) -> None:
    script = 'import "./another.js";\n\n// why\n'
    assert collect({"admin/js/page.js": script}) == script


@pytest.mark.parametrize(
    "line",
    [
        'import * as one from "./one.js";',
        'import one from "./one.js";',
        'import { one } from "https://example.org/one.js";',
        "export default 1;",
        "export let count = 0;",
        "export { count };",
        'export * from "./one.js";',
    ],
)
def test_a_form_that_cannot_be_joined_is_named(collect: Collect, line: str) -> None:
    with pytest.raises(NotJoinable, match=re.escape(f"js/page.js: {line}")):
        collect({"js/page.js": f"{line}\n", "js/one.js": ""})


def test_parts_that_import_each_other_are_named(collect: Collect) -> None:
    with pytest.raises(NotJoinable, match=r"js/one\.js imports itself"):
        collect(
            {
                "js/page.js": 'import "./one.js";\n',
                "js/one.js": 'import "./two.js";\n',
                "js/two.js": 'import "./one.js";\n',
            }
        )


def test_a_part_that_is_not_there_is_named(collect: Collect) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.js"):
        collect({"js/page.js": 'import "./nowhere.js";\n'})
