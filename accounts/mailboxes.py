"""E-mail addresses: one mailbox has one spelling, by which it is stored, found and counted.

The domain is in ASCII as UTS 46 maps it, non-transitionally, if IDNA 2008 (RFC 5891) allows it:
`straße.de` is not `strasse.de`. Capitals make no difference on either side of the "@".
"""

from __future__ import annotations

import re

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
# RFC 5321, 4.1.2 and 4.5.3.1, without quoted names, which hardly any mail program accepts, and
# without hosts that only this machine knows or that are numbers.
MAILABLE = re.compile(
    rf"(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@(?=.{{1,253}}\Z)(?:{LABEL}\.)+(?!\d+\Z|localhost\Z){LABEL}\Z"
)


def domain_in_ascii(domain: str) -> str:
    """Return a domain as the DNS spells it, in small letters. Raises ValueError if it cannot exist."""
    if domain.isascii() and "xn--" not in domain.lower():
        return domain.lower()
    name = idna.encode(domain, uts46=True, std3_rules=True).decode()
    if idna.encode(idna.decode(name)).decode() != name:
        raise ValueError(domain)
    return name


def mailbox_of(email: str) -> str:
    """Return the one spelling of an address; what cannot be one comes back in small letters."""
    name, at, domain = email.strip().rpartition("@")
    if not at:
        return domain.lower()
    # Some letters of other alphabets have small letters in ASCII.
    name = name.lower() if name.isascii() else name
    try:
        return f"{name}{at}{domain_in_ascii(domain)}"
    except ValueError:
        return f"{name}{at}{domain.lower()}"


def person_behind(email: str) -> str:
    """Return the address without the part after a "+" in its name, which anybody can make up.

    For limits and bans only: mails go to the address that was typed, and what was written with it
    belongs to it alone.
    """
    name, at, domain = mailbox_of(email).rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def validate_mailbox(email: str) -> None:
    """Refuse an address that can get no mail; `email` is from `mailbox_of`. Raises ValidationError."""
    refusal = ValidationError(EmailValidator.message, code="invalid")
    if not MAILABLE.match(email):
        raise refusal
    try:
        domain_in_ascii(email.rpartition("@")[2])
    except ValueError:
        raise refusal from None
