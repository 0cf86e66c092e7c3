"""Task lists: "- [ ] to do" and "- [x] done", as checkboxes that cannot be changed."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

BOX = re.compile(r"\[([ xX])\][ \t]+")
LISTS = ("bullet_list_open", "ordered_list_open")
LIST_ENDS = ("bullet_list_close", "ordered_list_close")


def task_lists(md: MarkdownIt) -> None:
    """Make the parser read the task lists of GitHub Flavored Markdown."""
    md.core.ruler.before("text_join", "tasks", mark_tasks)
    md.add_render_rule("task_box", render_box)


def mark_tasks(state: StateCore) -> None:
    lists: list[Token] = []
    tokens = state.tokens
    for i, token in enumerate(tokens):
        if token.type in LISTS:
            lists.append(token)
        elif token.type in LIST_ENDS:
            lists.pop()
        elif token.type == "list_item_open" and i + 2 < len(tokens) and make_task(tokens[i + 2]):
            token.attrSet("class", "task")
            lists[-1].attrSet("class", "tasks")


def make_task(inline: Token) -> bool:
    """Turn a box at the paragraph's start into a labelled checkbox; return whether there is one."""
    children = inline.children
    if not children or children[0].type != "text":
        return False
    box = BOX.match(children[0].content)
    if box is None or len(inline.content) == box.end():
        return False
    children[0].content = " " + children[0].content[box.end() :]
    opening = Token("task_open", "label", 1)
    inline.children = [
        opening,
        Token("task_box", "input", 0, meta={"done": box[1] != " "}),
        *children,
        Token("task_close", "label", -1),
    ]
    return True


def render_box(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    checked = ' checked=""' if tokens[idx].meta["done"] else ""
    return f'<input type="checkbox" disabled=""{checked}>'
