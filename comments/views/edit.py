"""Editing a sent reply, and deleting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.derived import html_of
from comments.exceptions import ChangedMeanwhile, NotThere
from comments.forms import EditForm
from comments.models import Comment, Status
from comments.verbs.editing import edit_reply, erase_replies
from comments.visitor import KEY, Visitor, visitor_of
from web.form_page import FormPage

CHANGED_MEANWHILE = gettext_lazy(
    "This reply was changed in another window: now it reads as above. "
    "Save once more to have this text instead."
)


class OwnReplyPage(FormPage):
    """A page about the visitor's own reply; 403, with the way to prove it, if that is not known.

    410 for a deleted reply. Both pages return what was typed.
    """

    comment: Comment
    visitor: Visitor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        replies = Comment.objects.select_related("post__conversation", "parent", "user")
        self.comment = get_object_or_404(replies, pk=kwargs.pop("pk"))
        self.visitor = visitor_of(request)
        return super().dispatch(request, *args, **kwargs) if self.may() else self.refused()

    def may(self) -> bool:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {
            "comment": self.comment,
            "post": self.comment.post,
            "key": self.request.GET.get(KEY, ""),
            "back": self.back(),
        }

    def refused(self) -> HttpResponse:
        return self.page(
            "comments/change_refused.html",
            status=410 if self.comment.status == Status.DELETED else 403,
            is_writer=self.visitor.wrote(self.comment),
            typed=self.request.POST.get("reply", ""),
        )

    def back(self) -> str:
        """The reply's address, with the key that proves its writer; else that of the article."""
        if not self.comment.post.is_live:
            return "/"
        if not self.comment.is_changeable:
            return self.comment.post.get_absolute_url() + "#replies"
        url = self.comment.get_absolute_url()
        return f"{url}?{KEY}={self.request.GET[KEY]}" if self.visitor.email else url


class EditReply(OwnReplyPage):
    """GET shows a form with the text; POST previews it, or stores it (303 to the reply)."""

    template = "comments/edit_reply.html"
    form_class = EditForm

    def may(self) -> bool:
        return self.visitor.may_change(self.comment)

    def initial(self) -> dict[str, Any]:
        return {"reply": self.comment.body, "seen": self.comment.version}

    def done(self, form: Form) -> HttpResponse:
        body, seen = form.cleaned_data["reply"], form.cleaned_data["seen"]
        if "preview" in self.request.POST:
            return self.shown(form, preview=html_of(body, language=self.comment.language))
        try:
            edit_reply(comment=self.comment, body=body, visitor=self.visitor, seen=seen)
        except NotThere:
            return self.refused()
        except ChangedMeanwhile:
            return self._shown_as_it_is_now(form)
        messages.success(self.request, _("Your reply is changed."))
        return HttpResponseRedirect(self.back(), status=303)

    def _shown_as_it_is_now(self, form: Form) -> HttpResponse:
        """Show the present version and the typed text, which the next press stores (409)."""
        form.add_error("reply", CHANGED_MEANWHILE)
        data = QueryDict(mutable=True)
        data.update({"reply": form.data["reply"], "seen": str(self.comment.version)})
        form.data = data
        return self.shown(form, is_stale=True, status=409)


class DeleteReply(OwnReplyPage):
    """GET asks for confirmation; POST deletes the reply and leads to the article."""

    template = "comments/delete_reply.html"

    def may(self) -> bool:
        return self.visitor.may_delete(self.comment)

    def done(self, form: Form) -> HttpResponse:
        erase_replies(comments=[self.comment])
        messages.success(self.request, _("Your reply is deleted."))
        return HttpResponseRedirect(self.comment.post.get_absolute_url() + "#replies", status=303)
