"""A post's revisions: their list, what each of them changed, and restoring one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from blog import publishing
from blog.admin.diffs import changes
from blog.models import Post, Revision
from blog.publishing import CannotPublish

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


def list_revisions(desk: ModelAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    revisions = post.revisions.select_related("by__author").defer("body")
    context = _frame(desk, request, post, _("What the post said before"))
    return TemplateResponse(
        request, "admin/blog/post/history.html", context | {"revisions": revisions}
    )


def show_revision(
    desk: ModelAdmin, request: HttpRequest, post: Post, revision_id: int
) -> HttpResponse:
    """Show what the revision changed and how it differs from the latest one; POST restores it."""
    revision = get_object_or_404(post.revisions.select_related("by__author"), pk=revision_id)
    if request.method == "POST":
        return _restore(request, post, revision)
    before = post.revisions.filter(pk__lt=revision.pk).first() or Revision()
    context = _frame(desk, request, post, _("A revision")) | {
        "revision": revision,
        "is_latest": revision == post.revisions.first(),
        "parts": _parts(before, revision),
        "parts_to_today": _parts(revision, post.revisions.latest("pk")),
    }
    return TemplateResponse(request, "admin/blog/post/revision.html", context)


def _restore(request: HttpRequest, post: Post, revision: Revision) -> HttpResponse:
    try:
        publishing.restore_revision(revision=revision, by=cast(User, request.user))
    except CannotPublish as refusal:
        messages.error(request, " ".join(refusal.problems))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("The post says again what it said then."))
    return HttpResponseRedirect(reverse("admin:blog_post_change", args=[post.pk]))


def _parts(before: Revision, after: Revision) -> list[tuple[str, list[Any]]]:
    """Return (name, changes) of each field that differs."""
    fields = {
        _("title"): (before.title, after.title),
        _("summary"): (before.summary, after.summary),
        _("tags"): (", ".join(before.tags), ", ".join(after.tags)),
        _("text"): (before.body, after.body),
    }
    return [(name, changes(old, new)) for name, (old, new) in fields.items() if old != new]


def _frame(desk: ModelAdmin, request: HttpRequest, post: Post, title: str) -> dict[str, Any]:
    return {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "post": post,
        "title": title,
        "subtitle": str(post),
    }
