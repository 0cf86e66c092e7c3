"""The site's URLs. Each app has its own; this file joins them."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from config import wellknown
from config.language import choose_language

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("robots.txt", wellknown.robots, name="robots"),
    path("site.webmanifest", wellknown.manifest, name="manifest"),
    path("favicon.ico", wellknown.favicon),
    path(".well-known/change-password", wellknown.change_password),
    path("language/", choose_language, name="set_language"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/settings/", include("outbox.urls")),
    path("admin/settings/", include("site_settings.urls")),
    path("admin/images/", include("images.urls")),
    path("admin/", include("blog.admin.urls")),
    path("admin/", admin.site.urls),
    # What is asked for most comes first: Django tries one address after the other.
    path("", include("comments.urls")),
    path("", include("blog.urls")),
    path("", include("following.urls")),
    path("", include("moderation.urls")),
    path("", include("privacy.urls")),
]
