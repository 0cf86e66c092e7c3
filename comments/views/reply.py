"""The reply form. The thread itself is a template tag on the post's page."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db.models import CharField
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.models import Post, Status
from comments import cookies
from comments.derived import html_of
from comments.exceptions import CannotReply, ParentIsAway, PostIsAway
from comments.form_traces import TRAP, made_at, traces_of
from comments.forms import HiddenReplyForm, ReplyForm
from comments.limits import TooManyReplies
from comments.models import Comment, conversation_of
from comments.policy import check_may_reply
from comments.thread.page import page_of
from comments.verbs.posting import post_comment
from comments.visitor import Visitor, visitor_of
from web.form_page import FormPage
from web.prepared import Given, Prepared
from web.turns import turn

ANSWERED_IS_AWAY = _(
    "The reply you were answering is not there any more. "
    "You can send yours as a reply to the article itself."
)

# What a guest gives; an account has its own.
BYLINE = ("name", "email", "website")
POSTS = Post.objects.without_texts().with_conversation()
BY_ADDRESS = Prepared(POSTS.filter(address=Given("address", CharField())))


class ReplyPage(FormPage):
    """GET shows the form; POST previews what was typed, or sends it and leads to it (303).

    403 for a closed conversation, 410 or 404 for a post that is away. A script gets 201 (RFC 9110)
    instead of the redirect.
    """

    template = "comments/reply_form.html"
    has_fragment = True
    form_class = ReplyForm
    visitor: Visitor
    article: Post
    answered: Comment | None = None
    key: uuid.UUID

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.visitor = visitor_of(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except CannotReply as refusal:
            return self._refused(refusal)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._find_article()
        if not self._find_answered(request.GET):
            raise Http404
        return self.shown(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with turn():
            return self._take()

    def _take(self) -> HttpResponse:
        self._find_article()
        form, data = self.make_form(self.request.POST), self.request.POST
        is_answerable = self._find_answered(data)
        if not is_answerable:
            form.add_error(None, ANSWERED_IS_AWAY)
        if "preview" in data and is_answerable and "reply" not in form.errors:
            return self._preview(form)
        if not form.is_valid():
            return self.shown(form, status=422)
        return self.done(form)

    # --- what the request is about ---

    def _find_article(self) -> None:
        """Find the post by its present or an earlier address, since a form may be old."""
        address = self.kwargs["address"]
        article = BY_ADDRESS.first(address=address) or POSTS.at(address)
        if article is None:
            raise PostIsAway
        self.article = article
        check_may_reply(article, self.visitor)

    def _find_answered(self, data: QueryDict) -> bool:
        """Read the hidden fields; return False if they name a reply that cannot be answered."""
        hidden = HiddenReplyForm(data)
        hidden.full_clean()
        self.key, wanted = hidden.cleaned_data["key"], hidden.cleaned_data["to"]
        if wanted:
            answerable = self.visitor.answerable_replies().filter(post=self.article)
            self.answered = answerable.filter(pk=wanted).first()
        return wanted is None or self.answered is not None

    # --- answers ---

    def form_options(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def initial(self) -> dict[str, Any]:
        remembered = cookies.replier(self.request)
        return {**remembered, "remember": bool(remembered)}

    def context(self) -> dict[str, Any]:
        return {
            "post": self.article,
            "policy": conversation_of(self.article).policy_in_force,
            "answered": self.answered,
            "action": reverse("comments:reply", args=[self.article.address]),
            "key": self.key,
            "made_at": made_at(self.request.POST),
            "trap": TRAP,
        }

    def _preview(self, form: Form) -> HttpResponse:
        """Show the text as readers would see it; other fields may be incomplete for a preview."""
        unchecked = ReplyForm(initial=self.request.POST.dict(), user=self.request.user)
        preview = html_of(form.data["reply"], language=self.article.language)
        return self.shown(unchecked, preview=preview)

    def done(self, form: Form) -> HttpResponse:
        typed = form.cleaned_data
        try:
            comment = post_comment(
                post=self.article,
                visitor=self.visitor,
                parent=self.answered,
                body=typed["reply"],
                language=self.article.language,
                wants_answers=typed["answers"],
                submission_key=self._submission_key(typed),
                traces=traces_of(self.request.POST),
                **{name: typed[name] for name in BYLINE if name in typed},
            )
        except ParentIsAway:
            self.answered = None
            form.add_error(None, ANSWERED_IS_AWAY)
            return self.shown(form, status=422)
        except TooManyReplies as error:
            return self.shown_to_wait(form, _too_many(error), error.retry_after)
        visitor = self.visitor.having_sent(comment)
        response: HttpResponse
        if self.is_fragment:
            response = HttpResponse(status=201, headers={"Location": comment.get_absolute_url()})
        else:
            place = comment.url_on_page(page_of(comment, visitor=visitor))
            response = HttpResponseRedirect(place, status=303)
        if comment.user is None:
            cookies.keep_own_replies(response, visitor.own_replies)
            cookies.keep_replier(self.request, response, typed)
        return response

    def _refused(self, refusal: CannotReply) -> HttpResponse:
        article = getattr(self, "article", None)
        status = 403
        if isinstance(refusal, PostIsAway):
            status = 410 if article and article.status == Status.WITHDRAWN else 404
        if status == 404 and self.request.method != "POST":
            raise Http404
        context = {
            "refusal": refusal,
            "post": article,
            "typed": self.request.POST.get("reply", ""),
            "next": self.request.path,
        }
        return self.rendered("comments/reply_refused.html", context, status=status)

    def _submission_key(self, typed: dict[str, Any]) -> uuid.UUID:
        """The same key for a form sent twice, another one after a change of text or person."""
        answered = self.answered.pk if self.answered else None
        person = [self.request.user.pk, *map(typed.get, BYLINE)]
        said = [self.article.pk, answered, *person, typed["reply"]]
        return uuid.uuid5(self.key, json.dumps(said))


def _too_many(error: TooManyReplies) -> str:
    minutes = -(-error.retry_after // 60)
    text = ngettext(
        "You sent many replies in a short time. Please send this one in %(minutes)d minute.",
        "You sent many replies in a short time. Please send this one in %(minutes)d minutes.",
        minutes,
    )
    return text % {"minutes": minutes}
