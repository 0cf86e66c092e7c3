"""Responses to the buttons of the admin: a message on a page, or JSON for a script."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from comments.models import Status
from moderation.deciding import Outcome, is_undone, number_by_writers


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def told(
    request: HttpRequest, text: str, *, to: str, status: int = 200, **details: Any
) -> HttpResponse:
    """Answer with the text, as JSON with this status or as a message on the page `to`.

    A `batch` can be undone.
    """
    if wants_json(request):
        return JsonResponse({"message": text, **details}, status=status)
    tell(request, text, batch=details.get("batch"), is_warning=status >= 400)
    return HttpResponseRedirect(to)


def tell(
    request: HttpRequest, text: str, *, batch: uuid.UUID | None = None, is_warning: bool = False
) -> None:
    """Add a message, with a button that undoes the batch if there is one."""
    level = messages.WARNING if is_warning else messages.SUCCESS
    messages.add_message(request, level, with_undo(text, "batch", batch) if batch else text)


def with_undo(text: str, name: str, value: object) -> str:
    """Return the text with an undo button; it belongs to the form `#undo` of every page here."""
    button = '{} <button type="submit" form="undo" name="{}" value="{}">{}</button>'
    return format_html(button, text, name, value, gettext("Undo"))


def now_are(number: int, status: Status) -> str:
    text = ngettext("%(n)d reply is now: %(status)s.", "%(n)d replies are now: %(status)s.", number)
    return text % {"n": number, "status": status.label}


def left_to_background(outcome: Outcome) -> str:
    text = ngettext(
        "%(n)d reply is being decided about in the background.",
        "%(n)d replies are being decided about in the background.",
        outcome.in_background,
    )
    return text % {"n": outcome.in_background}


def left_as_they_were(seen: Mapping[int, int | None]) -> str:
    """Return why replies were left; `seen` has the version that was seen of each, if any."""
    edited, deleted = number_by_writers(seen)
    decided = len(seen) - edited - deleted
    text = ngettext(
        "%(n)d reply was left as it was: somebody had decided about it already.",
        "%(n)d replies were left as they were: somebody had decided about them already.",
        decided,
    )
    return " ".join([text % {"n": decided}] * bool(decided) + _by_writers(edited, deleted))


def _by_writers(edited: int, deleted: int) -> list[str]:
    gone = ngettext(
        "%(n)d reply was left as it was: its writer has deleted it meanwhile.",
        "%(n)d replies were left as they were: their writers have deleted them meanwhile.",
        deleted,
    )
    return _edited(edited) + [gone % {"n": deleted}] * bool(deleted)


def _edited(number: int) -> list[str]:
    text = ngettext(
        "%(n)d reply was left as it was: its writer has changed the text meanwhile.",
        "%(n)d replies were left as they were: their writers have changed the texts meanwhile.",
        number,
    )
    return [text % {"n": number}] * bool(number)


def why_untouched(outcome: Outcome) -> str:
    """Return why a reply was left unchanged: an earlier decision, or its writer."""
    if not outcome.untouched:
        return gettext("This reply is not here any more.")
    comment = outcome.untouched[0]
    latest = comment.decisions.select_related("by", "by__author").first()
    if comment.status == Status.DELETED:
        return gettext("Nothing was changed: its writer has deleted it meanwhile.")
    if outcome.is_edited(comment):
        return gettext("Nothing was changed: its writer has changed the text meanwhile.")
    if latest is None:
        return gettext("Nothing was changed.")
    return gettext("Nothing was changed: there is a decision already, %(decision)s.") % {
        "decision": latest
    }


def undone(outcome: Outcome) -> str:
    """What an undo changed, and what it left because of a later decision or an earlier undo."""
    if outcome.in_background:
        return gettext("This is being undone in the background.")
    batch = outcome.batch.undoes
    if batch and not outcome.changed and is_undone(batch=batch, comments=outcome.untouched):
        return gettext("This was undone already.")
    number = len(outcome.changed)
    edited, deleted = number_by_writers(outcome.versions_of_untouched)
    left = len(outcome.untouched) - edited - deleted
    back = ngettext(
        "%(n)d reply is back as it was.", "%(n)d replies are back as they were.", number
    )
    stays = ngettext(
        "%(n)d reply was left as it is: somebody has decided about it since.",
        "%(n)d replies were left as they are: somebody has decided about them since.",
        left,
    )
    parts = [back % {"n": number}] if number else []
    parts += ([stays % {"n": left}] if left else []) + _by_writers(edited, deleted)
    return " ".join(parts) or gettext("There is nothing to undo.")
