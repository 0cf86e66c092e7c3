"""The mailed link that lets a moderator decide about one reply without signing in."""

from __future__ import annotations

from datetime import timedelta

from comments.mail_links import Purpose

DECIDE = Purpose("decide", timedelta(days=7))
