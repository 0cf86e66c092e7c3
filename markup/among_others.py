"""The text of a page as it stands beside other texts on one page."""

from __future__ import annotations

import re

# The HTML is our own sanitiser's, so attributes are always in double quotes.
TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s[\w:-]+(?:="[^"]*")?)+')
# Other attributes are matched too, so that no text in them is taken for one of these.
ATTRIBUTE = re.compile(r'\s(?:(id)="[^"]*"|[\w:-]+(?:="[^"]*")?)')


def without_ids(html: str) -> str:
    """Return HTML without ids, each of which may stand once on a page.

    Links within the text (`href="#note"`) stay: `feeds.absolute` has them lead to its own page.
    """
    return TAG.sub(lambda tag: ATTRIBUTE.sub(_kept, tag[0]), html)


def _kept(attribute: re.Match[str]) -> str:
    return "" if attribute[1] else attribute[0]
