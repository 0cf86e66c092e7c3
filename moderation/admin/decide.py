"""The addresses of the desk that decide, undo and answer, for forms and for its script alike."""

from __future__ import annotations

import re
import uuid
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied
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
from moderation.bulk import decide_all, undo_all
from moderation.deciding import Outcome, decide
from moderation.models import Decision, Rule
from web.ids import IS_ID

NOTE_LENGTH = 300
MOST_CARDS = 50
PRESSED = re.compile(r"(approved|rejected|spam|removed):([0-9]{1,18}):([0-9]{1,9})")


class DecidingAdmin(admin.ModelAdmin):
    """The part of the replies' admin by which they are decided about."""

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("undo/", undo, name="comments_comment_undo"), *super().get_urls()]

    # --- one ---

    def decide_one(self, request: HttpRequest) -> Outcome:
        """A button says what to do, with which reply, and its version when the page was made."""
        pressed = PRESSED.fullmatch(request.POST.get("decide", ""))
        if pressed is None:
            raise BadRequest("No such decision")
        line = Decision(
            decision=Status(pressed[1]),
            by=moderator(request),
            note=request.POST.get("note", "").replace("\x00", "")[:NOTE_LENGTH],
        )
        outcome = decide(
            comments=self.get_queryset(request).filter(pk=pressed[2]),
            decision=Status(line.decision),
            by=line.by,
            note=line.note,
            seen={int(pressed[2]): int(pressed[3])},
        )
        return _as_told_before(outcome, line, since=int(pressed[3]))

    def tell_of_one(
        self, request: HttpRequest, outcome: Outcome, *, back_to: str = ""
    ) -> HttpResponse:
        """`back_to` is the part of the page, as "#id", from where the next Tab goes on.

        To a script: 200, 409 with who was first and with what, 404 for a reply that is not, or no
        more, theirs.
        """
        to = request.get_full_path() + back_to
        if outcome.changed:
            text = responses.now_are(1, Status(outcome.changed[0].status))
            return responses.told(request, text, to=to, batch=outcome.batch)
        text, status = responses.why_untouched(outcome), 409 if outcome.untouched else 404
        cards = self.cards_for_script(request, outcome.untouched)
        return responses.told(request, text, to=to, status=status, cards=cards)

    # --- many ---

    def decide_many(
        self, request: HttpRequest, comments: QuerySet[Comment], decision: Status
    ) -> None:
        """Replies that left the list since it was made were decided by somebody else, and stay so.

        Those that came since, nobody has seen: "all of this list" is not about them.
        """
        newest = number_in(request, "newest")
        if request.POST.get("select_across") == "1" and newest is not None:
            comments = comments.filter(pk__lte=newest)
        shown = request.GET.get("status", str(Status.PENDING))
        outcome = decide_all(
            comments=comments,
            decision=decision,
            by=moderator(request),
            expecting=Status(shown) if shown in Status.values else None,
        )
        if outcome.in_background:
            responses.tell(request, responses.left_to_background(outcome), batch=outcome.batch)
        if number := len(outcome.changed):
            responses.tell(request, responses.now_are(number, decision), batch=outcome.batch)
        left = {comment.pk for comment in outcome.untouched}
        if request.POST.get("select_across") != "1" and not outcome.in_background:
            chosen = {int(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)} - {0}
            left = chosen - {comment.pk for comment in outcome.changed}
            # The versions that were shown follow with the form.
            if not chosen:
                responses.tell(request, gettext("Select the replies first."), is_warning=True)
        if left:
            responses.tell(
                request, responses.left_as_they_were(dict.fromkeys(left, 1)), is_warning=True
            )

    # --- undo ---

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Takes back a batch of decisions, or a rule that was just made.

        To a script: 200 with the cards of what is back, 409 if nothing could be undone, and 403
        for a batch about replies that are not theirs to decide about.
        """
        if not self.has_change_permission(request):
            raise PermissionDenied
        if IS_ID.fullmatch(request.POST.get("rule", "")):
            return self._undo_rule(request)
        batch = self._batch(request)
        outcome = undo_all(batch=batch, by=moderator(request))
        changed = outcome.changed or outcome.in_background
        return responses.told(
            request,
            responses.undone(outcome, batch),
            to=next_page(request),
            status=200 if changed else 409,
            cards=self.cards_for_script(request, outcome.changed),
        )

    def _batch(self, request: HttpRequest) -> uuid.UUID:
        try:
            batch = uuid.UUID(request.POST.get("batch", ""))
        except ValueError:
            raise BadRequest("No such batch") from None
        theirs = Comment.objects.moderated_by(request.user)
        if Decision.objects.filter(batch=batch).exclude(comment__in=theirs).exists():
            raise PermissionDenied
        return batch

    def _undo_rule(self, request: HttpRequest) -> HttpResponse:
        if not moderator(request).has_perm("moderation.delete_rule"):
            raise PermissionDenied
        Rule.objects.filter(pk=request.POST["rule"]).delete()
        return responses.told(request, gettext("The rule is gone."), to=next_page(request))

    # --- cards for a script ---

    def cards_for_script(self, request: HttpRequest, comments: list[Comment]) -> dict[int, str]:
        """The cards of a few replies, as the queue has them."""
        if not responses.wants_json(request):
            return {}
        ids = [comment.pk for comment in comments[:MOST_CARDS]]
        cards = cards_of(self.get_queryset(request).filter(pk__in=ids))
        return {card.comment.pk: rendered_card(request, card) for card in cards}


def _as_told_before(outcome: Outcome, pressed: Decision, *, since: int) -> Outcome:
    """Pressed once more, because the answer was lost on the way: what came of the first press."""
    for comment in outcome.untouched:
        line = comment.decisions.first()
        if line and line.version == since + 1 and _is_same(line, pressed):
            return Outcome(batch=line.batch or outcome.batch, changed=[comment])
    return outcome


def _is_same(one: Decision, other: Decision) -> bool:
    return (one.decision, one.by, one.note) == (other.decision, other.by, other.note)


def rendered_card(request: HttpRequest, card: Card) -> str:
    context: dict[str, Any] = {"card": card, "comment": card.comment}
    return render_to_string("admin/moderation/queue/_card.html", context, request)


def moderator(request: HttpRequest) -> User:
    """The admin lets nobody in who has no account."""
    return cast(User, request.user)


def number_in(request: HttpRequest, field: str) -> int | None:
    value = request.POST.get(field, "")
    return int(value) if IS_ID.fullmatch(value) else None


def next_page(request: HttpRequest) -> str:
    """Where the form stood, if that is on this site."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("admin:comments_comment_changelist")
