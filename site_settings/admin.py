"""The settings in the desk's menu; their pages are `site_settings.desk`."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from site_settings.models import SiteSettings


@admin.register(SiteSettings)
class SettingsAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.open)
        return [path("", view, name="site_settings_sitesettings_changelist")]

    def open(self, request: HttpRequest) -> HttpResponse:
        return redirect("site_settings:overview")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
