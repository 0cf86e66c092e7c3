from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from blog import receivers, shown, tasks  # noqa: F401
        from web.shown import register_schedule

        register_schedule(shown.scheduled)
