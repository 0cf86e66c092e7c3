"""The link in a mail by which one reply is decided about without signing in."""

from __future__ import annotations

from datetime import timedelta

from comments.mail_links import Purpose

DECIDE = Purpose("decide", timedelta(days=7))
