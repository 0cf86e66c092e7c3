"""The admin site, with the site's own sign-in, and its models in the order of the work."""

from __future__ import annotations

import re
from functools import update_wrapper
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest
from django.db.models import UUIDField
from django.http import HttpRequest, HttpResponse
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext_noop
from django.views.i18n import JavaScriptCatalog

from config.errors import signed_out, typed_texts
from site_settings.reading import site
from web.ids import IS_ID

# Django's Dutch catalogue lacks these words of its admin; this puts them into ours.
gettext_noop("Add link")
gettext_noop("Change or view list link")
gettext_noop("Model name")

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOO_LARGE = re.compile("[0-9]{19}")
BY_PATTERN = re.compile("__i?regex$")
ORDER = (
    *("Post", "Comment", "Rule", "Decision", "Image"),
    *("Category", "Tag", "Series", "Author", "User", "SiteSettings", "Task"),
)
# Apps whose pages are listed among those of another app.
SHOWN_WITH = {"moderation": "comments"}
PLACE = {name: place for place, name in enumerate(ORDER)}


def _place(model: dict[str, Any]) -> int:
    return PLACE.get(model["object_name"], len(PLACE))


def _key_of(view: Any) -> re.Pattern[str]:
    """Return the pattern of the keys of this view's model."""
    model = getattr(getattr(view, "__self__", None), "model", None)
    return UUID if model and isinstance(model._meta.pk, UUIDField) else IS_ID


def _is_possible(request: HttpRequest, key: re.Pattern[str]) -> bool:
    """Return whether Django's admin can answer: it fails on too large numbers and some patterns."""
    asked = [
        value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values
    ]
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return (
        not any(TOO_LARGE.search(value) for value in asked)
        and not any(BY_PATTERN.search(name) for name in request.GET)
        and all(key.fullmatch(value) for value in chosen)
        and request.GET.get(TO_FIELD_VAR) != ""
    )


class DeskWords(JavaScriptCatalog):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["formats"]["FIRST_DAY_OF_WEEK"] = site.first_weekday
        return context


class Desk(AdminSite):
    # Writing and moderating need the width of the screen; the admin's front page is the menu.
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap a view of the admin: refuse requests that its own links and forms never send.

        If the session ended before a POST, the answer shows what was typed.
        """

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not _is_possible(request, _key_of(view)):
                raise BadRequest("A number too large, a pattern, or a chosen row that is none")
            return view(request, *args, **kwargs)

        update_wrapper(checked, view)
        inner = super().admin_view(checked, cacheable)

        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_lost = request.method == "POST" and not request.user.is_authenticated
            if is_lost and typed_texts(request.POST):
                return signed_out(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(entered, inner)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in through the site's own sign-in, so that its rate limits apply."""
        enter = secure_admin_login(super().login)
        response: HttpResponse = enter(request, extra_context)
        return response

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Answer with the words and formats of the admin's scripts, such as of its calendar."""
        words: Any = DeskWords.as_view(packages=["django.contrib.admin"])
        return words(request)

    def get_urls(self) -> list[Any]:
        """Return Django's URLs, with those of `moderation` below `comments`."""
        urls = super().get_urls()
        for url in urls:
            app, slash, rest = str(url.pattern).partition("/")
            if app in SHOWN_WITH and slash:
                url.pattern = RoutePattern(f"{SHOWN_WITH[app]}/{rest}", is_endpoint=False)
        return urls

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = {app["app_label"]: app for app in super().get_app_list(request)}
        for part, whole in SHOWN_WITH.items():
            models = apps.pop(part, {"models": []})["models"]
            if whole in apps:
                apps[whole]["models"] += models
        for app in apps.values():
            app["models"].sort(key=_place)
        wanted = SHOWN_WITH.get(app_label or "", app_label)
        shown = [app for label, app in apps.items() if wanted in {None, label}]
        return sorted(shown, key=lambda app: _place(app["models"][0]))
