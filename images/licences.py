"""Licences of images: their codes as stored, their names, and their URLs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

CREATIVE_COMMONS = "https://creativecommons.org"


class Licence(models.TextChoices):
    """SPDX-like codes in lower case; Creative Commons with code and version as in its URLs."""

    ALL_RIGHTS_RESERVED = "all-rights-reserved", _("All rights reserved")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    CC0 = "cc0-1.0", "CC0 1.0"
    BY_4 = "cc-by-4.0", "CC BY 4.0"
    BY_SA_4 = "cc-by-sa-4.0", "CC BY-SA 4.0"
    BY_NC_4 = "cc-by-nc-4.0", "CC BY-NC 4.0"
    BY_ND_4 = "cc-by-nd-4.0", "CC BY-ND 4.0"
    BY_NC_SA_4 = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    BY_NC_ND_4 = "cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"
    BY_3 = "cc-by-3.0", "CC BY 3.0"
    BY_SA_3 = "cc-by-sa-3.0", "CC BY-SA 3.0"
    BY_2 = "cc-by-2.0", "CC BY 2.0"
    BY_SA_2 = "cc-by-sa-2.0", "CC BY-SA 2.0"
    OTHER = "other", _("Other terms, named in the credit")

    @property
    def url(self) -> str:
        """The URL of the deed, or ""."""
        if self == Licence.PUBLIC_DOMAIN:
            return f"{CREATIVE_COMMONS}/publicdomain/mark/1.0/"
        if self == Licence.CC0:
            return f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"
        if self.startswith("cc-"):
            kind, version = self.removeprefix("cc-").rsplit("-", 1)
            return f"{CREATIVE_COMMONS}/licenses/{kind}/{version}/"
        return ""

    @property
    def notice(self) -> str:
        """The text that readers see beside the credit, in the active language."""
        return "" if self == Licence.OTHER else str(self.label)
