"""Where static files are kept in production."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Every file under the hash of its bytes, the parts that a script module imports among them."""

    support_js_module_import_aggregation = True
