"""Times a moderator's usual actions on this process's site. See `benchmarks.desk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import User
from background.models import Task
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs import counting
from moderation.models import Batch, Decision, Rule
from web.batches import batches

RUNS = 20
QUEUE = "/admin/comments/comment/"
SCRIPT = {"Accept": "application/json"}
# The fields that the page sends when nothing is selected.
BULK = {"index": "0", "_selected_action": "0", "select_across": "1"}
# Words found in no reply, in some replies, and in most.
WORDS = {"none": "zzz", "some": "long way round", "most": "the"}
RULES = 500


def measure(waiting: int) -> None:
    """Fill the queue, then do each action several times and print its times."""
    _fill(waiting)
    desk = Desk()
    for name, action in desk.actions().items():
        times, of_processor = zip(*(_milliseconds(action) for _ in range(RUNS)), strict=True)
        print(f"{name:42} {median(times):7.1f} {max(times):7.1f} {median(of_processor):7.1f}")
    print(f"{Comment.objects.waiting().count()} of {waiting} still wait")


class Desk:
    """A moderator's browser, and the replies still to decide."""

    def __init__(self) -> None:
        user = User.objects.create_superuser("chief", "chief@example.org", "correct horse")
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user)
        waiting = Comment.objects.waiting().order_by("-submitted_at")
        # (id, version) of each.
        self.left: Iterator[tuple[int, int]] = iter(list(waiting.values_list("pk", "version")))

    def actions(self) -> dict[str, Callable[[], Any]]:
        get, post = self.client.get, self.client.post
        return {
            "queue": lambda: get(QUEUE),
            "queue, page 150": lambda: get(f"{QUEUE}?p=150"),
            "queue, held by the filter": lambda: get(f"{QUEUE}?status=held"),
            "queue, searched": lambda: get(f"{QUEUE}?q=example"),
            "all replies": lambda: get(f"{QUEUE}?status=all"),
            "decide by button": lambda: post(QUEUE, self._decision()),
            "decide by key": lambda: post(QUEUE, self._decision(), headers=SCRIPT),
            "undo by key": lambda: self._undo(headers=SCRIPT),
            "answer by key": self._answer,
            "bulk, 200": self._decide_two_hundred,
            "undo of 200": self._undo,
            "bulk over all, left to the background": self._decide_all,
            "log of decisions": lambda: get("/admin/comments/decision/"),
            "reply": lambda: get(f"{QUEUE}{self._latest().comment_id}/change/"),
            "rules": lambda: get("/admin/comments/rule/"),
            **{
                f"preview of a word in {some} of the replies": partial(self._preview, "word", word)
                for some, word in WORDS.items()
            },
            "preview of the domain of all": partial(self._preview, "domain", "example.org"),
        }

    def _preview(self, kind: str, value: str) -> Any:
        rule = {"kind": kind, "value": value, "effect": "hold"}
        return self.client.post("/admin/comments/rule/add/", rule)

    def _decision(self) -> dict[str, str]:
        pk, version = next(self.left)
        return {"spam": str(pk), f"version-{pk}": str(version)}

    def _latest(self) -> Decision:
        return Decision.objects.order_by("-pk").first() or Decision(pk=0)

    def _undo(self, **more: Any) -> Any:
        undone = Batch.objects.filter(undoes=None, undone_by=None).exclude(decisions=None)
        return self.client.post(f"{QUEUE}undo/", {"batch": str(undone.latest("made_at"))}, **more)

    def _answer(self) -> Any:
        Comment.objects.filter(user__username="chief").update(
            submitted_at=F("submitted_at") - timedelta(hours=1)
        )
        pk, version = next(self.left)
        typed = {"reply": "Thanks.", "version": str(version)}
        return self.client.post(f"{QUEUE}{pk}/answer/", typed, headers=SCRIPT)

    def _decide_two_hundred(self) -> Any:
        chosen = dict(next(self.left) for _ in range(200))
        data = {**BULK, "action": "spam_selected", "select_across": "0"}
        versions = {f"version-{pk}": version for pk, version in chosen.items()}
        return self.client.post(QUEUE, data | versions | {"_selected_action": list(chosen)})

    def _decide_all(self) -> Any:
        """Decide all; then delete the task, so that the next run finds as many replies."""
        answer = self.client.post(QUEUE, {**BULK, "action": "spam_selected"})
        Task.objects.filter(task_path="moderation.bulk.decide_slice").delete()
        return answer


def _fill(waiting: int) -> None:
    newest = Comment.objects.filter(post__in=Post.objects.live()).order_by("-pk")
    chosen = list(newest.values_list("pk", flat=True)[:waiting])
    now = timezone.now()
    long_ago = Comment.objects.filter(submitted_at__lt=now - timedelta(days=29))
    long_ago.update(submitted_at=now - timedelta(days=29))
    for number, some in enumerate(batches(chosen)):
        moment = now - timedelta(days=3, minutes=number)
        replies = Comment.objects.filter(pk__in=some)
        replies.update(status=Status.PENDING, held_because="first_reply", submitted_at=moment)
    counting.recount(posts=Post.objects.all())
    Rule.objects.bulk_create(
        Rule(kind="word", value=f"word{n}", effect="hold") for n in range(RULES)
    )


def _milliseconds(action: Callable[[], Any]) -> tuple[float, float]:
    start, of_processor = perf_counter(), process_time()
    answer = action()
    taken = (perf_counter() - start) * 1000, (process_time() - of_processor) * 1000
    if answer.status_code not in {200, 302}:
        raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")
    return taken
