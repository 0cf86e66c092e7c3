"""What the owner of the site has set."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from site_settings.bounds import DAYS_OF_A_CENTURY, MINUTES_OF_A_YEAR
from site_settings.choices import DateStyle, ReplyMails, ReplyPolicy, SignUp, Text, Weekday
from site_settings.values import all_languages, check_languages, check_line, check_time_zone

KEY = 1
MOST_POSTS, MOST_IN_FEED = 50, 100
# The Django settings, read from environment variables of the same names, that fix one of these
# settings unless they are None.
FIXED_BY = {
    "name": "PARLEY_SITE_NAME",
    "default_language": "PARLEY_LANGUAGE",
    "time_zone": "PARLEY_TIME_ZONE",
    "reply_policy": "PARLEY_COMMENT_POLICY",
    "close_after": "PARLEY_CLOSE_AFTER",
    "edit_window": "PARLEY_EDIT_WINDOW",
    "mail_address": "PARLEY_MAIL_FROM",
}


def within(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class SiteSettings(models.Model):
    """All settings, in the one row with the key KEY; there is none until something is set.

    `site_settings.reading.site` is what to read them from, `site_settings.verbs.change_settings`
    what to change them with.
    """

    # --- the site
    name = models.CharField(
        _("name"),
        max_length=80,
        default="Samenspraak",
        validators=[check_line],
        help_text=_("Stands at the top of every page, in titles, feeds and mails."),
    )
    slogan = models.CharField(
        _("slogan"),
        max_length=120,
        blank=True,
        validators=[check_line],
        help_text=_("One line under the name, on the first page only."),
    )
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        validators=[check_line],
        help_text=_(
            "What search engines, feed readers and shared links say of the site. One or two sentences."
        ),
    )

    # --- languages and times
    languages = models.JSONField(
        _("languages"),
        default=all_languages,
        validators=[check_languages],
        help_text=_("In which the pages speak to readers. Posts may be in any language."),
    )
    default_language = models.CharField(
        _("default language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("For feeds and mails, and for readers whose browser asks for none of these."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="Europe/Amsterdam",
        validators=[check_time_zone],
        help_text=_(
            "In which times are shown and posts dated. Addresses of posts that are out do not move."
        ),
    )
    date_style = models.CharField(
        _("days are written"), max_length=10, choices=DateStyle, default=DateStyle.LONG
    )
    first_weekday = models.PositiveSmallIntegerField(
        _("first day of the week"),
        choices=Weekday,
        default=Weekday.MONDAY,
        help_text=_("In the calendars of the desk."),
    )

    # --- lists and feeds
    posts_per_page = models.PositiveSmallIntegerField(
        _("posts on a page"), default=10, validators=within(1, MOST_POSTS)
    )
    list_text = models.CharField(
        _("lists show"),
        max_length=10,
        choices=Text,
        default=Text.EXCERPT,
        help_text=_("Of each post on the first page and in all other lists."),
    )
    feed_items = models.PositiveSmallIntegerField(
        _("posts in a feed"), default=15, validators=within(1, MOST_IN_FEED)
    )
    feed_text = models.CharField(
        _("feeds hold"),
        max_length=10,
        choices=Text,
        default=Text.WHOLE,
        help_text=_("With excerpts, readers of feeds have to open the page for the rest."),
    )

    # --- replies
    reply_policy = models.CharField(
        _("replies are"),
        max_length=10,
        choices=ReplyPolicy,
        default=ReplyPolicy.OPEN,
        help_text=_("Under posts that do not say otherwise."),
    )
    close_after = models.PositiveSmallIntegerField(
        _("replies are taken for"),
        default=0,
        validators=within(0, DAYS_OF_A_CENTURY),
        help_text=_("Days from the day of a post; 0 keeps them open. A post may say otherwise."),
    )
    edit_window = models.PositiveIntegerField(
        _("guests may change a reply for"),
        default=15,
        validators=within(0, MINUTES_OF_A_YEAR),
        help_text=_("Minutes, in the browser that sent it. 0: not at all."),
    )
    author_mails = models.CharField(
        _("authors hear of replies by"),
        max_length=5,
        choices=ReplyMails,
        default=ReplyMails.EACH,
        help_text=_("Under their posts, where the post does not say otherwise."),
    )
    moderator_mails = models.CharField(
        _("moderators hear of held replies by"),
        max_length=5,
        choices=ReplyMails,
        default=ReplyMails.EACH,
        help_text=_("Unless they have chosen otherwise for themselves."),
    )

    # --- people and mails
    sign_up = models.CharField(
        _("who may make an account"),
        max_length=10,
        choices=SignUp,
        default=SignUp.ANYBODY,
        help_text=_("An account is for replies; it gives no right to write posts."),
    )
    mail_address = models.EmailField(
        _("address that mails come from"),
        blank=True,
        help_text=_(
            "Your mail server must be allowed to send for it. Without one, mails come from an "
            "address at this site’s own name that takes no answers."
        ),
    )

    class Meta:
        verbose_name = _("settings")
        verbose_name_plural = _("settings")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
