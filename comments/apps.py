from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Conversation")

    def ready(self) -> None:
        from comments import policy
        from comments.verbs.judging import register_judge

        import_module("comments.receivers")
        register_judge(policy.judge_by_policy, place=policy.PLACE)
