from importlib import import_module

from django.apps import AppConfig


class SpamConfig(AppConfig):
    name = "spam"

    def ready(self) -> None:
        from comments.verbs.judging import register_judge
        from spam import judge

        import_module("spam.receivers")
        register_judge(judge.judge_by_filter, order=judge.ORDER)
