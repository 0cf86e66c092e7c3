"""The Markdown parsers: one for posts, one for replies, one for texts shown as typed."""

from functools import cache

from markdown_it import MarkdownIt

from markup.addresses import link_addresses
from markup.direction import directions
from markup.excerpt import excerpt_marker
from markup.extensions.code import code_blocks, plain_code_blocks
from markup.extensions.definitions import definitions
from markup.extensions.figures import pictures
from markup.extensions.footnotes import footnotes
from markup.extensions.headings import set_headings
from markup.extensions.rawhtml import raw_html
from markup.extensions.tables import framed_tables
from markup.extensions.tasks import task_lists
from markup.extensions.typography import set_inline
from markup.limits import PARSER_NESTING, limit_work
from markup.targets import plain_targets

NOT_IN_REPLIES = ["heading", "lheading", "hr", "html_block", "html_inline", "reference"]


def commonmark() -> MarkdownIt:
    """Return a parser of CommonMark 0.31.2 only, the base of those for posts and replies."""
    return MarkdownIt("commonmark", {"maxNesting": PARSER_NESTING})


@cache
def post_parser() -> MarkdownIt:
    """Return the parser of posts: CommonMark with all extensions."""
    md = commonmark().enable("strikethrough")
    md.options["strikethrough_single_tilde"] = True
    md.use(limit_work).use(plain_targets).use(excerpt_marker).use(definitions).use(footnotes)
    md.use(framed_tables).use(task_lists).use(code_blocks).use(raw_html)
    md.use(link_addresses, emails=True)
    md.core.ruler.before("text_join", "typography", set_inline)
    md.core.ruler.push("headings", set_headings)
    return md.use(pictures).use(directions)


@cache
def reply_parser() -> MarkdownIt:
    """Return the parser of replies: emphasis, links, lists, quotations, code, and line breaks."""
    md = commonmark().disable(NOT_IN_REPLIES)
    md.options["breaks"] = True
    md.use(limit_work).use(plain_targets).use(plain_code_blocks).use(link_addresses, emails=False)
    md.core.ruler.before("text_join", "typography", set_inline)
    return md.use(pictures).use(directions)


@cache
def plain_parser() -> MarkdownIt:
    """Return the parser of paragraphs and line breaks only, in which no construct can be costly."""
    md = MarkdownIt("zero", {"breaks": True}).enable("newline").use(plain_code_blocks)
    md.core.ruler.before("text_join", "typography", set_inline)
    return md.use(directions)
