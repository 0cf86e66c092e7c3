"""The allow-list that every rendered text passes last.

It names each tag, attribute, URL scheme and class; all else is removed. nh3 parses as a browser
does and writes the result again, so it checks what the browser will see.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

import nh3
from pygments.token import STANDARD_TYPES

from markup.slugs import SLUG
from markup.targets import plain_target

# Characters that XML 1.0 (section 2.2) cannot contain in any form; feeds contain the same HTML.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

SCHEMES = {"http", "https", "mailto", "tel"}

# Elements that an author may write as HTML.
RAW_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span "
    "strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
POST_TAGS = RAW_TAGS | {"img", "input", "label", "section"}
EXCERPT_TAGS = POST_TAGS - {"img", "figure", "figcaption", "section"}
REPLY_TAGS = frozenset("a blockquote br code em li ol p pre strong ul".split())

ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"aria-label", "href", "hreflang"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"aria-label"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "input": {"checked", "disabled"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "section": {"aria-label"},
    "td": {"colspan", "rowspan"},
    "th": {"abbr", "colspan", "rowspan"},
    "time": {"datetime"},
}
ATTRIBUTE_VALUES = {
    "a": {"role": {"doc-backlink", "doc-noteref"}},
    "div": {"role": {"group"}, "tabindex": {"0"}},
    "img": {"decoding": {"async"}, "loading": {"lazy"}},
    # A task list's checkbox is the only input.
    "input": {"type": {"checkbox"}},
    "pre": {"tabindex": {"0"}},
    "section": {"role": {"doc-endnotes"}},
    "th": {"scope": {"col", "colgroup", "row", "rowgroup"}},
}

CLASSES = {
    "a": {"footnote-back"},
    "div": {"table"},
    "figure": {"figure"},
    "li": {"task"},
    "ol": {"tasks"},
    "pre": {"code"},
    "section": {"footnotes"},
    "span": {"credit"} | set(STANDARD_TYPES.values()),
    "sup": {"footnote-ref"},
    "td": {"align-center", "align-left", "align-right"},
    "th": {"align-center", "align-left", "align-right"},
    "ul": {"tasks"},
}
LANGUAGE_CLASS = re.compile(r"language-[a-z0-9_+#.-]{1,40}")
# nh3 puts every attribute in double quotes.
LINK = re.compile(r"""<a(?: [^">]*(?:"[^"]*"[^">]*)*)?>|</a>""")
QUOTED = re.compile('"[^"]*"')
MAX_PASSES = 8
# Two spellings of the same, the second being nh3's.
SPELLINGS = (
    *(("&quot;", '"'), ("&#x27;", "'"), ("\u00a0", "&nbsp;")),
    *(("<br />", "<br>"), ("<hr />", "<hr>")),
)
OUR_ID = re.compile(rf"(h|fn)-{SLUG}")


@dataclass(frozen=True)
class Cleaner:
    """One allow-list: its tags, the `rel` of its links, and the only URLs that images may have.

    Without `ids` the text can be several times on a page, or beside other texts.
    """

    tags: frozenset[str]
    rel: str
    images: Set[str] = frozenset()
    ids: bool = False

    def clean(self, html: str) -> str:
        """Return safe, well-formed HTML, for HTML and XML; cleaning it again changes nothing.

        A browser may read badly nested tags differently once they are written again, so the result
        is cleaned again until nothing changes; that rarely takes a second pass.
        """
        for _ in range(MAX_PASSES):
            before, html = html, self.clean_once(html)
            if self.without_spelling(before) == self.without_spelling(html):
                return html
        return NOT_IN_XML.sub("", nh3.clean(html, tags=set()))

    def without_spelling(self, html: str) -> str:
        """Return the HTML without differences of spelling that nh3 causes and that mean the same."""
        html = html.replace(f' rel="{self.rel}"', "")
        for written, also in SPELLINGS:
            html = html.replace(written, also)
        return html

    def clean_once(self, html: str) -> str:
        clean = nh3.clean(
            html,
            tags=self.tags,
            attributes=ATTRIBUTES,
            attribute_filter=self.check,
            tag_attribute_values=ATTRIBUTE_VALUES,
            url_schemes=SCHEMES,
            link_rel=self.rel,
        )
        # Character references may have encoded these.
        return without_dead_links(NOT_IN_XML.sub("", clean))

    def check(self, tag: str, attribute: str, value: str) -> str | None:
        match attribute:
            case "class":
                return value if self.allows_classes(tag, value) else None
            case "id":
                return value if self.ids and OUR_ID.fullmatch(value) else None
            case "href":
                return plain_target(value)
            case "src" | "srcset":
                return value if value in self.images else None
        return value

    def allows_classes(self, tag: str, value: str) -> bool:
        if tag == "code":
            return bool(LANGUAGE_CLASS.fullmatch(value))
        return bool(value) and set(value.split(" ")) <= CLASSES.get(tag, set())


def without_dead_links(clean: str) -> str:
    """Return sanitised HTML without links that have no address; their words stay."""
    opened: list[bool] = []

    def check(tag: re.Match[str]) -> str:
        if not tag[0].startswith("</"):
            opened.append(" href=" in QUOTED.sub("", tag[0]))
            return tag[0] if opened[-1] else ""
        return tag[0] if opened.pop() else ""

    return LINK.sub(check, clean)


def post_cleaner(images: Set[str] = frozenset()) -> Cleaner:
    """Return the cleaner for the body of a post, whose images have these URLs."""
    return Cleaner(POST_TAGS, "noopener", images, ids=True)


EXCERPT = Cleaner(EXCERPT_TAGS, "noopener")
NOTE = Cleaner(REPLY_TAGS, "noopener")
REPLY = Cleaner(REPLY_TAGS, "nofollow ugc noopener")
