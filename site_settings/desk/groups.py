"""Which settings stand together on a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    slug: str
    title: Promise
    about: Promise
    names: tuple[str, ...]


GROUPS = (
    Group(
        "general",
        _("Name"),
        _("What the site is called, and what it says of itself."),
        ("name", "slogan", "description"),
    ),
    Group(
        "languages",
        _("Languages and times"),
        _("In which languages the site speaks, and in which zone its clock runs."),
        ("languages", "default_language", "time_zone", "date_style", "first_weekday"),
    ),
    Group(
        "lists",
        _("Lists and feeds"),
        _("How many posts stand on a page and in a feed, and how much of each."),
        ("posts_per_page", "list_text", "feed_items", "feed_text"),
    ),
    Group(
        "replies",
        _("Replies and accounts"),
        _("Who may reply, for how long, and who hears of it."),
        (
            *("reply_policy", "close_after", "edit_window"),
            *("author_mails", "moderator_mails", "sign_up"),
        ),
    ),
    Group(
        "mails",
        _("Mails"),
        _("From whom the site’s mails come, and whether they arrive."),
        ("mail_address",),
    ),
)
BY_SLUG = {group.slug: group for group in GROUPS}
GROUP_OF = {name: group for group in GROUPS for name in group.names}
