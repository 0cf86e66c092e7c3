from importlib import import_module

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "following"

    def ready(self) -> None:
        from comments.mail_limits import count_mails_by
        from following.verbs import count_asked

        import_module("following.receivers")
        count_mails_by(count_asked)
