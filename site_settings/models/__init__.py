from site_settings.models.changes import SettingChange
from site_settings.models.settings import FIXED_BY, KEY, SiteSettings

__all__ = ["FIXED_BY", "KEY", "SettingChange", "SiteSettings"]
