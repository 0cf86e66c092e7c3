"""The views that decide and undo, for forms and for the script of the queue."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.models import User
from comments.models import Comment, Status
from moderation.admin import responses
from moderation.admin.cards import Card, cards_of
from moderation.admin.forms import BulkForm, DecisionForm, UndoForm
from moderation.bulk import decide_all, may_undo, undo_all
from moderation.deciding import Outcome, decide_once
from moderation.models import Batch, Rule

MOST_CARDS = 50


class DecidingAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("undo/", undo, name="comments_comment_undo"), *super().get_urls()]

    # --- one ---

    def decide_one(self, request: HttpRequest) -> Outcome:
        """Decide about one reply as the button of its card says."""
        sent = DecisionForm.read(request.POST)
        return decide_once(
            comments=self.get_queryset(request).filter(pk=sent["reply"]),
            decision=sent["decision"],
            by=moderator(request),
            note=sent["note"],
            seen={sent["reply"]: sent["version"]},
        )

    def tell_of_one(
        self, request: HttpRequest, outcome: Outcome, *, back_to: str = ""
    ) -> HttpResponse:
        """Answer with what came of a decision about one reply.

        `back_to` is the part of the page, as "#id", from which the next Tab goes on. To a script:
        200; 409 with the earlier decision and who made it; 404 for a reply that is not, or no
        longer, theirs to decide about.
        """
        to = request.get_full_path() + back_to
        if outcome.changed:
            text = responses.now_are(1, Status(outcome.changed[0].status))
            return responses.told(request, text, to=to, batch=outcome.batch.pk)
        text, status = responses.why_untouched(outcome), 409 if outcome.untouched else 404
        cards = self.cards_for_script(request, outcome.untouched)
        return responses.told(request, text, to=to, status=status, cards=cards)

    # --- many ---

    def decide_many(
        self, request: HttpRequest, comments: QuerySet[Comment], decision: Status
    ) -> None:
        """Decide about the selected replies, except those that changed since the list was made.

        "All of this list" leaves out replies that came since, which nobody has seen.
        """
        sent = BulkForm.read(request.POST)
        if sent["select_across"] and sent["newest"] is not None:
            comments = comments.filter(pk__lte=sent["newest"])
        outcome = decide_all(
            comments=comments, decision=decision, by=moderator(request), seen=sent["versions"]
        )
        _tell_of_many(request, outcome, decision)
        left = {comment.pk for comment in outcome.untouched}
        if not sent["select_across"] and not outcome.in_background:
            left = sent["chosen"] - {comment.pk for comment in outcome.changed}
            if not sent["chosen"]:
                responses.tell(request, gettext("Select the replies first."), is_warning=True)
        if left:
            seen = {pk: outcome.seen.get(pk, sent["versions"].get(pk)) for pk in left}
            responses.tell(request, responses.left_as_they_were(seen), is_warning=True)

    # --- undo ---

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Undo a batch of decisions, or delete a rule that was just made.

        To a script: 200 with the cards of the restored replies, 409 if nothing could be undone, and
        403 for a batch about replies that are not theirs to decide about.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = UndoForm.read(request.POST)
        to = next_page(request, sent["next"])
        if sent["rule"]:
            _delete_rule(moderator(request), sent["rule"])
            return responses.told(request, gettext("The rule is gone."), to=to)
        outcome = _undo(moderator(request), sent["batch"])
        return responses.told(
            request,
            responses.undone(outcome),
            to=to,
            status=200 if outcome.changed or outcome.in_background else 409,
            cards=self.cards_for_script(request, outcome.changed),
        )

    # --- cards for a script ---

    def cards_for_script(self, request: HttpRequest, comments: list[Comment]) -> dict[int, str]:
        """Return the cards of a few replies as HTML, by id; none unless a script asks."""
        if not responses.wants_json(request):
            return {}
        ids = [comment.pk for comment in comments[:MOST_CARDS]]
        cards = cards_of(self.get_queryset(request).filter(pk__in=ids))
        return {card.comment.pk: rendered_card(request, card) for card in cards}


def _tell_of_many(request: HttpRequest, outcome: Outcome, decision: Status) -> None:
    batch = outcome.batch.pk
    if outcome.in_background:
        responses.tell(request, responses.left_to_background(outcome), batch=batch)
    if number := len(outcome.changed):
        responses.tell(request, responses.now_are(number, decision), batch=batch)


def _undo(by: User, pk: uuid.UUID) -> Outcome:
    """Undo a batch. Raises PermissionDenied if it is about a reply that is not this moderator's."""
    batch = Batch.objects.filter(pk=pk).first()
    if batch is None:
        return Outcome()
    if not may_undo(batch=batch, by=by):
        raise PermissionDenied
    return undo_all(batch=batch, by=by)


def _delete_rule(by: User, pk: int) -> None:
    if not by.has_perm("moderation.delete_rule"):
        raise PermissionDenied
    Rule.objects.filter(pk=pk).delete()


def rendered_card(request: HttpRequest, card: Card) -> str:
    context: dict[str, Any] = {"card": card, "comment": card.comment}
    return render_to_string("admin/moderation/queue/_card.html", context, request)


def moderator(request: HttpRequest) -> User:
    """Return the account; nobody else gets into the admin."""
    return cast(User, request.user)


def next_page(request: HttpRequest, wanted: str) -> str:
    """Return the page the form stood on if it is on this site, else the queue."""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("admin:comments_comment_changelist")
