"""The admin as an app of the project. Not in `apps.py`, where Django would take it for the app `config`."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "config.admin.Desk"
