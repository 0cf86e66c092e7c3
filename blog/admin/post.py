"""The admin of posts: their list, and the page on which authors write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelForm
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from blog import publishing
from blog.admin import history, parts
from blog.admin.bylines import BylineInline
from blog.admin.deleting import ToldByNumbers
from blog.admin.diffs import changes
from blog.admin.fieldsets import FIELDSETS
from blog.admin.filters import AuthorFilter, LanguageFilter, StateFilter
from blog.admin.forms import PostForm
from blog.admin.outcomes import OUTCOMES, TWICE
from blog.languages import language_name
from blog.models import Post, Status
from blog.publishing import CannotPublish, StaleVersion
from blog.saving.rendering import notice_of
from web import dates
from web.admin.choosing import ChoosesOne
from web.admin.saving_again import SavesAgain

UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
VERBS: dict[str, Callable[..., Post]] = {
    "_publish": publishing.publish,
    "_review": publishing.submit_for_review,
    "_draft": publishing.return_to_draft,
    "_withdraw": publishing.withdraw,
}
FOR_PUBLISHERS = ("_publish", "_withdraw")


@admin.register(Post)
class PostAdmin(parts.TakesParts, ChoosesOne, ToldByNumbers, SavesAgain):
    """Saves every post through `blog.publishing`, and shows the buttons that the user may press."""

    own_form = PostForm
    own_fieldsets = FIELDSETS
    inlines = (BylineInline,)
    # The form looks for the last two itself. They are met if somebody saves between its look and the
    # lock; checked again, the form reports them and keeps what was typed.
    met_when_saving = (IntegrityError, CannotPublish, StaleVersion)
    list_display = ("title", "state", "named_authors", "published_at", "named_language")
    list_filter = (StateFilter, AuthorFilter, LanguageFilter, "category")
    list_per_page = 50
    search_fields = ("title", "summary", "bylines__author__name")
    date_hierarchy = "published_at"
    ordering = ("-updated_at",)
    autocomplete_fields = ("category", "series", "lead_image", "translation_of")
    actions = ("publish_selected", "withdraw_selected")
    change_form_template = "admin/blog/post/change_form.html"

    class Media:
        css = {"all": ("css/desk.css", "css/code.css")}
        js = [Script("js/choices.js", type="module")]

    # --- who may do what ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        user, match = self._user(request), request.resolver_match
        if match and match.url_name == "autocomplete":
            return Post.objects.translatable_by(user).order_by(*self.ordering)
        posts = parts.with_columns(
            Post.objects.editable_by(user).with_bylines().with_conversation()
        )
        return posts.order_by(*self.ordering).defer("body_html", "body_text", "toc")

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Refuse a published or withdrawn post to a user who may not publish."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self._may_touch(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self._may_touch(request, obj))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self._user(request).has_perm("blog.publish_post")

    def _may_touch(self, request: HttpRequest, post: Post) -> bool:
        return self.has_publish_permission(request) or post.status in UNPUBLISHED

    @staticmethod
    def _user(request: HttpRequest) -> User:
        return cast(User, request.user)

    # --- the list ---

    @admin.display(description=_("status"), ordering="status")
    def state(self, post: Post) -> str:
        return post.state_label

    @admin.display(description=_("authors"))
    def named_authors(self, post: Post) -> str:
        return ", ".join(byline.author.name for byline in post.bylines.all())

    @admin.display(description=_("language"), ordering="language")
    def named_language(self, post: Post) -> str:
        return language_name(post.language)

    @admin.action(description=_("Publish the selected posts"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, posts: QuerySet[Post]) -> None:
        done = 0
        for post in posts.exclude(status=Status.PUBLISHED):
            try:
                publishing.publish(post=post, by=self._user(request))
                done += 1
            except CannotPublish as refusal:
                self.message_user(request, f"{post}: {' '.join(refusal.problems)}", messages.ERROR)
        text = ngettext("%(n)d post was published.", "%(n)d posts were published.", done)
        self.message_user(request, text % {"n": done})

    @admin.action(description=_("Withdraw the selected posts"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, posts: QuerySet[Post]) -> None:
        chosen = list(posts.filter(status=Status.PUBLISHED))
        for post in chosen:
            publishing.withdraw(post=post, by=self._user(request))
        text = ngettext("%(n)d post was withdrawn.", "%(n)d posts were withdrawn.", len(chosen))
        self.message_user(request, text % {"n": len(chosen)})

    # --- the page ---

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Take no values from the query string: they would need the same checks as a form."""
        return {"language": request.LANGUAGE_CODE}

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "translation_of":
            kwargs["queryset"] = Post.objects.translatable_by(self._user(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Post, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Begin a new post with its writer's byline, and a stale form with the stored ones."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST" and PostForm.was_saved_since(obj, request.POST):
            # The form that was sent may name bylines that no longer exist.
            return {"instance": obj, "prefix": prefix, "queryset": kwargs["queryset"]}
        author = getattr(request.user, "author", None)
        if request.method == "GET" and obj._state.adding and author:
            kwargs["initial"] = [{"author": author.pk, "position": 0}]
        return kwargs

    def get_form(
        self, request: HttpRequest, obj: Post | None = None, change: bool = False, **kwargs: Any
    ) -> type[PostForm]:
        form = cast(type[PostForm], super().get_form(request, obj, change, **kwargs))
        form.formset = BylineInline(self.model, self.admin_site).get_formset(request, obj)
        return form

    @staticmethod
    def _conflict(post: Post, data: QueryDict) -> dict[str, Any]:
        """Return the stored post, its latest revision, and where the typed title and text differ."""
        theirs = Post.objects.get(pk=post.pk)
        return {
            "theirs": theirs,
            "latest": theirs.revisions.select_related("by").first(),
            "title": changes(theirs.title, data.get("title", "")),
            "body": changes(theirs.body, data.get("body", "")),
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        post = kwargs.get("obj")
        may_publish = self.has_publish_permission(request)
        context |= {
            "state": post.state if post else Status.DRAFT,
            "state_label": post.state_label if post else Status.DRAFT.label,
            "may_publish": may_publish,
        }
        if post and context["adminform"].form.is_stale:
            context["conflict"] = self._conflict(post, request.POST)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Post, form: ModelForm, change: bool) -> None:
        """Do nothing: `save_related` saves the post together with its bylines."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        (bylines,) = formsets
        bylines.save(commit=False)
        if change:
            parts.save_parts(form)
        self._verb(request)(
            post=form.instance,
            by=self._user(request),
            bylines=bylines.credits(),
            tags=form.cleaned_data["tags"],
        )
        if not change:
            parts.save_parts(form)
        if form.took_first_of_two:
            self.message_user(request, TWICE % {"time": f"{form.instance.published_at:%H:%M}"})
        if notice := notice_of(form.instance.taken_out):
            self.message_user(request, notice, messages.WARNING)

    def _verb(self, request: HttpRequest) -> Callable[..., Post]:
        """Return the pressed button's verb. Raises PermissionDenied if the user may not press it."""
        button = next((name for name in VERBS if name in request.POST), None)
        if button in FOR_PUBLISHERS and not self.has_publish_permission(request):
            raise PermissionDenied
        return VERBS[button] if button else publishing.save_post

    def response_add(self, request: HttpRequest, obj: Post, *args: Any) -> HttpResponse:
        return self._stay(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return self._stay(request, obj) or super().response_change(request, obj)

    def _stay(self, request: HttpRequest, post: Post) -> HttpResponse | None:
        """Return to the post's page with a message if a button changed its state; None otherwise."""
        if not VERBS.keys() & request.POST.keys():
            return None
        name = format_html('<a href="{}">{}</a>', self.view_on_site(post), post.title)
        text = format_html(str(OUTCOMES[post.state]), post=name, moment=dates.moment(post.due_at))
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_post_change", args=[post.pk]))

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        publishing.delete(post=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        for post in queryset:
            publishing.delete(post=post)

    # --- what it said before ---

    def get_urls(self) -> list[URLPattern]:
        revision = self.admin_site.admin_view(self.revision_view)
        address = "<path:object_id>/history/<int:revision_id>/"
        return [path(address, revision, name="blog_post_revision"), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history.list_revisions(self, request, self._post(request, object_id))

    def revision_view(self, request: HttpRequest, object_id: str, revision_id: int) -> HttpResponse:
        return history.show_revision(self, request, self._post(request, object_id), revision_id)

    def _post(self, request: HttpRequest, object_id: str) -> Post:
        post = self.get_object(request, object_id)
        if post is None:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post

    def view_on_site(self, obj: Post) -> str:
        return obj.get_absolute_url() if obj.is_live else reverse("blog:preview", args=[obj.uid])
