"""The model of a reply."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.languages import LONGEST_TAG
from blog.models import Post
from comments.models.paths import DEEPEST, SEGMENT, depth_of
from comments.models.querysets import CommentManager, Person
from comments.models.status import CHANGEABLE, HeldBecause, Status, status_to_writer
from comments.text.reading import Reading

LONGEST_BODY = 10_000


class Comment(models.Model):
    """One reply. `comments.verbs.posting` writes it, `moderation.deciding` decides about it.

    `name` is what readers see; an account's follows its profile. `path` is the place in the thread
    (`comments.models.paths`), `descendant_count` the approved replies below it, `report_count` the
    reports that no moderator has answered. `findings` are what the filter found (`spam`),
    `learned_as` what it learned the text as: "ham", "spam" or nothing; `text_hash` is the same for
    nearly the same text (`comments.text.fingerprint`). `appeared_at` is when readers first saw it,
    `confirmed_at` when the guest who wrote it proved the e-mail address. `version` counts the
    changes of status and text, `text_version` is the version that last changed the text; a form or
    button carries the version it was made from. `decided_by` is the person who gave the status;
    None if the site gave it or the text was changed since. What rules search is stored with the
    reply (`comments.derived`): in `folded_text` the name and the words, in `domains` all domains
    that it names (`comments.text.domains`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(
        Post, models.CASCADE, related_name="comments", verbose_name=_("post"), db_index=False
    )
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("in reply to"),
    )
    path = models.CharField(max_length=SEGMENT * DEEPEST, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("account"),
        db_index=False,
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    avatar_seed = models.CharField(max_length=8, editable=False)
    language = models.CharField(_("language"), max_length=LONGEST_TAG)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    body_html = models.TextField(editable=False)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.PENDING, editable=False
    )
    held_because = models.CharField(
        _("held because"), max_length=20, choices=HeldBecause, blank=True, editable=False
    )
    findings = models.JSONField(default=list, editable=False)
    learned_as = models.CharField(max_length=4, blank=True, editable=False)
    text_hash = models.BigIntegerField(null=True, editable=False)
    submitted_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    appeared_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    address_hash = models.CharField(max_length=32, blank=True, editable=False)
    submission_key = models.UUIDField(null=True, unique=True, editable=False)
    descendant_count = models.PositiveIntegerField(default=0, editable=False)
    thanks_count = models.PositiveIntegerField(default=0, editable=False)
    report_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    text_version = models.PositiveIntegerField(default=1, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    # Last, since SQLite walks past long texts to reach what stands behind them.
    folded_text = models.TextField(editable=False)
    domains = models.TextField(editable=False)

    # Set while a fixture without derived fields is loaded (`comments.receivers`).
    is_bare = False
    _reading: Reading | None = None

    objects = CommentManager()

    class Meta:
        ordering = ["post", "path"]
        constraints = [
            models.UniqueConstraint(fields=["post", "path"], name="comment_one_place_in_thread"),
        ]
        indexes = [
            # Holds all that a page of a thread is chosen by, so counting reads no rows.
            models.Index(
                fields=["post", "path", "status", "descendant_count"], name="comment_in_thread"
            ),
            models.Index(fields=["status", "submitted_at"], name="comment_queue"),
            models.Index(fields=["user", "submitted_at"], name="comment_by_account"),
            models.Index(fields=["email", "status"], name="comment_by_email"),
            models.Index(fields=["address_hash", "submitted_at"], name="comment_by_address"),
            models.Index(fields=["text_hash", "submitted_at"], name="comment_by_text"),
            models.Index(fields=["post", "status", "submitted_at"], name="comment_newest_in_post"),
            models.Index(
                fields=["post", "status", "descendant_count"], name="comment_answered_in_post"
            ),
            models.Index(
                fields=["-report_count"],
                condition=models.Q(report_count__gt=0),
                name="comment_reported",
            ),
        ]
        permissions = [
            ("moderate_comment", _("Can decide about all replies")),
            ("moderate_own_comment", _("Can decide about replies under own posts")),
        ]
        verbose_name = pgettext_lazy("noun", "reply")
        verbose_name_plural = pgettext_lazy("noun", "replies")

    def __str__(self) -> str:
        return f"{self.name}: {Truncator(self.body).words(8)}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    def get_absolute_url(self) -> str:
        """The permalink; it leads to the reply's page of the thread, whatever comes before it."""
        return reverse("comments:permalink", args=[self.pk])

    def url_on_page(self, page: int) -> str:
        """The reply's address on this page of its thread."""
        query = "?" + urlencode({"thread": page}) if page > 1 else ""
        return f"{self.post.get_absolute_url()}{query}#comment-{self.pk}"

    @property
    def reading(self) -> Reading:
        """The text as rules and the filter read it; read again after a change."""
        known = self._reading
        if known is None or (known.typed, known.html) != (self.body, self.body_html):
            known = self._reading = Reading(self.body, self.body_html)
        return known

    @property
    def depth(self) -> int:
        """1 for a reply to the post itself, at most 40."""
        return depth_of(self.path)

    @property
    def person(self) -> Person:
        return (self.user_id, self.email)

    @property
    def is_approved(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.PENDING

    @property
    def is_deleted(self) -> bool:
        return self.status == Status.DELETED

    @property
    def is_changeable(self) -> bool:
        """Whether its writer may change the text; who that is, `Visitor.wrote` says."""
        return self.status in CHANGEABLE

    @property
    def status_to_writer(self) -> Status:
        """The status that every page, mail and file for the writer shows."""
        return status_to_writer(self.status, self.held_because)

    @property
    def is_approved_to_writer(self) -> bool:
        return self.status_to_writer == Status.APPROVED

    @property
    def is_waiting_to_writer(self) -> bool:
        return self.status_to_writer == Status.PENDING

    def has_other_text_than(self, version: int | None) -> bool:
        """Whether the text was changed after this version; False for None: no version was shown."""
        return version is not None and version < self.text_version

    @property
    def is_place(self) -> bool:
        """Whether only the reply's place is left (`comments.verbs.editing.empty_replies`)."""
        return self.is_deleted or not (self.name or self.body)
