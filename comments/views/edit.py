"""Changing a reply that was sent, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from comments.derived import html_of
from comments.exceptions import ChangedMeanwhile, NotThere
from comments.forms import EditForm
from comments.models import CHANGEABLE, Comment, Status
from comments.verbs.editing import edit_reply, erase_replies
from comments.visitor import KEY, Visitor, visitor_of
from web.ids import IS_ID

CHANGED_MEANWHILE = gettext_lazy(
    "This reply was changed in another window: now it reads as above. "
    "Save once more to have this text instead."
)


class OwnReply(View):
    """A page about one's own reply; 403 with the way to prove it is, where that is not known.

    410 for one that was deleted. What was typed comes back with either.
    """

    http_method_names = ["get", "head", "post", "options"]
    template: str
    comment: Comment
    visitor: Visitor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        replies = Comment.objects.select_related("post", "parent", "user")
        self.comment = get_object_or_404(replies, pk=kwargs.pop("pk"))
        self.visitor = visitor_of(request)
        return (
            super().dispatch(request, *args, **kwargs) if self.may(self.comment) else self.refused()
        )

    def may(self, comment: Comment) -> bool:
        raise NotImplementedError

    def page(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            "comment": self.comment,
            "post": self.comment.post,
            "key": self.request.GET.get(KEY, ""),
            "back": self.back(),
        }
        return render(self.request, f"comments/{name}.html", context, status=status)

    def refused(self) -> HttpResponse:
        return self.page(
            "change_refused",
            status=410 if self.comment.status == Status.DELETED else 403,
            is_writer=self.visitor.wrote(self.comment),
            typed=self.request.POST.get("reply", ""),
        )

    def back(self) -> str:
        """Where its writer can read the reply, with the key that proves it is theirs; the article else."""
        if not self.comment.post.is_live:
            return "/"
        if self.comment.status not in CHANGEABLE:
            return self.comment.post.get_absolute_url() + "#replies"
        url = self.comment.get_absolute_url()
        return f"{url}?{KEY}={self.request.GET[KEY]}" if self.visitor.email else url


@method_decorator(never_cache, name="dispatch")
class EditReply(OwnReply):
    """GET shows the text to change; POST previews it, or keeps it (303 to the reply)."""

    def may(self, comment: Comment) -> bool:
        return self.visitor.may_change(comment)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = EditForm(initial={"reply": self.comment.body})
        return self._form(form, seen=str(self.comment.version))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, seen = EditForm(request.POST), request.POST.get("seen", "")
        if not form.is_valid():
            return self._form(form, seen=seen, status=422)
        body = form.cleaned_data["reply"]
        if "preview" in request.POST:
            shown = html_of(body, language=self.comment.language)
            return self._form(form, seen=seen, preview=shown)
        try:
            version = int(seen) if IS_ID.fullmatch(seen) else None
            edit_reply(comment=self.comment, body=body, visitor=self.visitor, seen=version)
        except NotThere:
            return self.refused()
        except ChangedMeanwhile:
            form.add_error("reply", CHANGED_MEANWHILE)
            return self._form(form, seen=str(self.comment.version), is_stale=True, status=409)
        messages.success(request, _("Your reply is changed."))
        return HttpResponseRedirect(self.back(), status=303)

    def _form(
        self, form: EditForm, *, seen: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        return self.page("edit_reply", form=form, seen=seen, status=status, **context)


@method_decorator(never_cache, name="dispatch")
class DeleteReply(OwnReply):
    """GET asks; POST deletes the reply and leads back to the article."""

    def may(self, comment: Comment) -> bool:
        return self.visitor.may_delete(comment)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("delete_reply")

    def post(self, request: HttpRequest) -> HttpResponse:
        erase_replies(comments=[self.comment])
        messages.success(request, _("Your reply is deleted."))
        return HttpResponseRedirect(self.comment.post.get_absolute_url() + "#replies", status=303)
