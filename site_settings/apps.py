from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteSettingsConfig(AppConfig):
    name = "site_settings"
    verbose_name = _("This site")

    def ready(self) -> None:
        from site_settings import receivers  # noqa: F401
        from site_settings.reading import site
        from web.dates import register_style

        register_style(lambda: site.date_style)
