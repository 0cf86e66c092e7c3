"""The first administrator, so that somebody can sign in."""

from __future__ import annotations

import secrets

from django.db.models import Q

from accounts.models import User
from accounts.roles import ensure_byline
from config.env import site

NAME, ADDRESS = "admin", "admin@localhost"


def make_first_administrator() -> str | None:
    """Make `admin` if there is no administrator, and return the password; otherwise return None.

    The password is PARLEY_PASSWORD, or a random one that is stored nowhere.
    """
    if User.objects.filter(Q(is_superuser=True) | Q(username__iexact=NAME)).exists():
        return None
    password = site.first_password() or secrets.token_urlsafe(12)
    ensure_byline(user=User.objects.create_superuser(NAME, ADDRESS, password))
    return password
