from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Conversation")

    def ready(self) -> None:
        from blog.beside import register_beside
        from comments.thread.context import beside_post

        import_module("comments.receivers")
        register_beside(beside_post)
