"""Finds web and e-mail addresses in a text, and where each ends.

It follows the autolink extension of GitHub Flavored Markdown (`http://`, `https://`, `www.`, and
e-mail), and ends an address at punctuation of any script. Names such as `readme.md` are not
addresses. It takes time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from markup.targets import plain_target

# Unicode's blocks with punctuation and invisible signs, without private use.
BLOCKS = chain(range(0x80, 0x3100), range(0xA4D0, 0xABFF), range(0xFE00, 0x10000))
# Signs inside words: joiners, the dot of Catalan, the marks of Hebrew and Armenian.
OF_WORDS = "\u200c\u200d·\u0387\u055a\u05f3\u05f4\u2027"
ENDS = "".join(
    re.escape(sign)
    for sign in map(chr, BLOCKS)
    if unicodedata.category(sign) in ("Cc", "Cf", *"Pd Pe Pf Pi Po Ps Zl Zp Zs".split())
    and sign not in OF_WORDS
)
BRACKETS = "()[]{}（）［］｛｝「」『』【】〔〕〖〗〈〉《》｢｣⟨⟩⟪⟫⟦⟧"
CLOSED_BY = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
# Deeper brackets are not part of an address. The limit also bounds how often a text is read again.
MAX_BRACKETS = 8

WEB = r"(?<![^\W_])(?<![@/.:+-])(?P<web>https?://|www\.)(?=[^\W_])"
EMAIL = r"(?<![\w.+/:@-])(?P<email>[\w.+-]{1,64}@(?:[^\W_](?:[\w-]{0,62})\.)+[a-z]{2,24})(?![\w@-])"
WEB_ADDRESS = re.compile(WEB, re.IGNORECASE)
EMAIL_ADDRESS = re.compile(EMAIL, re.IGNORECASE)
ANY_ADDRESS = re.compile(f"{WEB}|{EMAIL}", re.IGNORECASE)

# Text before an @ is not the host: "https://good.example@evil.example" leads to the second name.
USER = re.compile(r"(?::[^\s/?#<>@]{0,64})?@")
LABEL = rf"[^\s\x00-\x2c/:-@\[-^`{{-\x7f.{ENDS}]+"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*")
LONGEST_HOST = 254
# The last label is ASCII or in another script, never both; "--" is a dash.
LAST_LABEL = re.compile(r"xn--[a-z0-9-]+|(?:[a-z0-9_]|-(?!-))+", re.IGNORECASE)
PORT = re.compile(
    "(?::(?:[1-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])(?![0-9]))?"
)
PATH = frozenset("/?#")
RUN = re.compile(rf'[^\s\x00-\x1f\x7f<>"()\[\]{{}}{ENDS}]+')
PUNCTUATION = frozenset("?!.,:;*_~'")

Found = tuple[int, int, str]


def addresses(text: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    """Yield (start, end, target) of each address in a text; `pattern` is ANY_ADDRESS or WEB_ADDRESS."""
    at = 0
    while match := pattern.search(text, at):
        found = web_address(text, match) if match["web"] else None
        if found is None and pattern is ANY_ADDRESS:
            found = email_address(text, match.start())
        at = found[1] if found else match.end()
        if found:
            yield found


def email_address(text: str, start: int) -> Found | None:
    match = EMAIL_ADDRESS.match(text, start)
    return (start, match.end(), f"mailto:{match['email']}") if match else None


def web_address(text: str, match: re.Match[str]) -> Found | None:
    """Return the address that begins there; None if no host follows that browsers accept."""
    start, begin = match.span()
    scheme, begin = ("", begin) if "/" in match["web"] else ("http://", start)
    host = HOST.match(text, begin, begin + LONGEST_HOST)
    # Browsers decode percent signs and read on.
    if host is None or text.startswith("%", host.end()) or USER.match(text, host.end()):
        return None
    after_host = end_of_host(host)
    target = plain_target(scheme + text[start:after_host])
    if target is None:
        return None
    end = after_host if after_host < host.end() else end_of_address(text, after_host)
    return start, end, target + text[after_host:end]


def end_of_host(host: re.Match[str]) -> int:
    last = host.start() + host[0].rfind(".") + 1
    label = LAST_LABEL.match(host.string, last, host.end()) if last > host.start() else None
    end = label.end() if label else host.end()
    while host.string[end - 1] in "-_":
        end -= 1
    return end


def end_of_address(text: str, start: int) -> int:
    """Return the end of an address whose host ends at `start`."""
    port = PORT.match(text, start)
    end = port.end() if port else start
    return end_of_path(text, end) if text[end : end + 1] in PATH else end


def end_of_path(text: str, start: int) -> int:
    """Return the end of a path, query or fragment; brackets belong to it if they are closed within it.

    Only a ")" may lack its opening bracket inside the address, as in GFM.
    """
    at = start
    opened: list[int] = []
    loose: list[int] = []
    while at < len(text):
        sign = text[at]
        if run := RUN.match(text, at):
            at = run.end()
            continue
        if sign in CLOSED_BY and len(opened) < MAX_BRACKETS:
            opened.append(at)
        elif opened and sign == CLOSED_BY[text[opened[-1]]]:
            opened.pop()
        elif sign == ")":
            loose.append(at)
        else:
            break
        at += 1
    return without_punctuation(text, start, opened[0] if opened else at, loose)


def without_punctuation(text: str, start: int, end: int, loose: list[int]) -> int:
    """Return the end without punctuation of the sentence around, as in "(see www.example.nl/a)."."""
    while end > start:
        last = text[end - 1]
        if last == ")" and loose and loose[-1] >= end - 1:
            loose.pop()
        elif last == ";":
            end = before_reference(text, start, end)
            continue
        elif last not in PUNCTUATION:
            break
        end -= 1
    return end


def before_reference(text: str, start: int, end: int) -> int:
    """Return the place before a character reference such as `&hl;`; else before its semicolon."""
    name = text.rfind("&", max(start, end - 32), end)
    return name if name >= 0 and text[name + 1 : end - 1].isalnum() else end - 1
