from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Conversation")

    def ready(self) -> None:
        from comments.verbs.judging import register_judge
        from moderation.rules import applying

        import_module("moderation.receivers")
        register_judge(applying.judge_by_rules, order=applying.ORDER)
