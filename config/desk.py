"""The admin's app configuration. Not in `apps.py`: Django would take it for that of `config`."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "config.admin.Desk"
