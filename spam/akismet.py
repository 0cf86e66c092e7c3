"""Akismet's protocol, version 1.1: three calls, form fields in, one word out.

The site's owner has chosen to send replies there. Even so no e-mail address is sent, and of the
network address only the part that many people share.
"""

from __future__ import annotations

from email.message import Message
from http.client import HTTPException
from ipaddress import ip_address, ip_network
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from comments.models import Comment
from spam.rules.akismet import BLATANT, HAM, SPAM

TIMEOUT = 10
USER_AGENT = "Parley | Akismet/1.1"
# Akismet requires an address; this one reveals nothing.
NOWHERE = "127.0.0.1"
SHARED_BITS = {4: 24, 6: 48}
LONGEST_ANSWER = 1_000
THANKS = "Thanks for making the web a better place."


class Refused(Exception):
    """Akismet refused the call: the key is wrong, or a field is missing."""


class BrokenAnswer(OSError):
    """The answer is not valid, or incomplete; a second call may bring the whole."""


def check(comment: Comment, *, network: str) -> str:
    """Return HAM, SPAM or BLATANT. Raises OSError if Akismet is out of reach, and Refused."""
    word, headers = _call("comment-check", comment, network=network)
    if word == "false":
        return HAM
    if word != "true":
        raise _fault(word, headers)
    return BLATANT if headers.get("X-akismet-pro-tip") == "discard" else SPAM


def correct(comment: Comment, *, lesson: str) -> None:
    """Tell Akismet what a reply that it judged wrongly is. Raises OSError and Refused."""
    word, headers = _call(f"submit-{lesson}", comment, network=NOWHERE)
    if word != THANKS:
        raise _fault(word, headers)


def shared_part(address: str) -> str:
    """Return the network of an address: 192.0.2.0 for 192.0.2.55, NOWHERE for none."""
    if not address:
        return NOWHERE
    bits = SHARED_BITS[ip_address(address).version]
    return str(ip_network(f"{address}/{bits}", strict=False).network_address)


def _call(verb: str, comment: Comment, *, network: str) -> tuple[str, Message]:
    fields = {
        "api_key": settings.PARLEY_AKISMET_KEY,
        "blog": settings.PARLEY_URL,
        "blog_lang": ",".join(code for code, _name in settings.LANGUAGES),
        "blog_charset": "UTF-8",
        "user_ip": network,
        "permalink": f"{settings.PARLEY_URL}{comment.post.get_absolute_url()}",
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.name,
        "comment_author_url": comment.website,
        "comment_content": comment.body,
        "comment_date_gmt": comment.submitted_at.isoformat(timespec="seconds"),
    }
    address = f"{settings.PARLEY_AKISMET_URL}{verb}"
    data = urlencode(fields).encode()
    request = Request(address, data, {"User-Agent": USER_AGENT})  # noqa: S310 # a setting's
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return answer.read(LONGEST_ANSWER).decode(errors="replace").strip(), answer.headers
    except HTTPException as error:
        raise BrokenAnswer(repr(error)) from error


def _fault(word: str, headers: Message) -> Exception:
    """Return the error for an answer: Refused if Akismet gave a reason, else BrokenAnswer."""
    reason = headers.get("X-akismet-debug-help")
    if reason or word == "invalid":
        return Refused(reason or word)
    return BrokenAnswer(f"It answered “{word}”.")
