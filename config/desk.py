"""The admin as an app of the project: Django's own, with our site in it."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "config.admin.Desk"
