"""The desk: the admin with the site's own door, in the order in which one works."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse

ORDER = ("Post", "Comment", "Image", "Category", "Tag", "Series", "Author", "User")
PLACE = {name: place for place, name in enumerate(ORDER)}


class Desk(AdminSite):
    # Writing and moderating want the width of the screen; the front page of the desk is the menu.
    enable_nav_sidebar = False

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """By way of the site's own sign-in, so that its rate limits hold here too."""
        enter = secure_admin_login(super().login)
        response: HttpResponse = enter(request, extra_context)
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: PLACE.get(model["object_name"], len(PLACE)))
        return apps
