"""Where a link may lead: to a host only if it is written out, as in https://example.org/.

Browsers mend what is not: to them https:example.org, http:///example.org and //example.org all
lead to example.org. Whoever asks a text for the hosts it leads to would not find them.
"""

import re
from urllib.parse import urlsplit

# What browsers take out of an address, and off its ends, before they read it.
TAKEN_OUT = re.compile("[\t\n\r]")
TAKEN_OFF = "".join(map(chr, range(0x21)))
WEB = re.compile("https?:", re.IGNORECASE)
OTHER_HOST = re.compile(r"[/\\]{2}")


def plain_target(written: str) -> str | None:
    """The target as browsers read it; None if it leads to a host that is not written out."""
    target = TAKEN_OUT.sub("", written).strip(TAKEN_OFF)
    if WEB.match(target):
        return target if names_host(target) else None
    return None if OTHER_HOST.match(target) else target


def names_host(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:  # a bracket that is not closed
        return False
    return bool(parts.hostname) and "\\" not in parts.netloc  # which browsers take for a slash
