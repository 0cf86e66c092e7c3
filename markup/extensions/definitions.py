"""Definition lists: a term, and on the next line a colon and its definition."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin

# The plugin accepts this sign too, as Pandoc does; people sign letters with it.
TILDE = "~"


def definitions(md: MarkdownIt) -> None:
    """Make the parser read Pandoc's definition lists, with a colon only."""
    md.use(deflist_plugin)
    known = next(rule for rule in md.block.ruler.getRules("") if rule.__name__ == "deflist")

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent else state.skipEmptyLines(start + 1)
        return not begins_with_tilde(state, line, end) and known(state, start, end, silent)

    md.block.ruler.at("deflist", rule, {"alt": ["paragraph", "reference", "blockquote"]})


def begins_with_tilde(state: StateBlock, line: int, end: int) -> bool:
    return line < end and state.src.startswith(TILDE, state.bMarks[line] + state.tShift[line])
