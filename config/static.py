"""The storage of static files in production."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.scripts import ScriptInOnePiece, is_ours
from config.stylesheets import SheetsInOnePiece

# Only libraries of the admin are larger. Their last tenth takes as long as all our own files.
LARGE, QUALITY_OF_LARGE, QUALITY = 50_000, 9, 11


class FrugalCompressor(Compressor):
    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=QUALITY_OF_LARGE if len(data) > LARGE else QUALITY)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Stores every file under the hash of its bytes.

    Style sheets and our scripts include their parts: a browser would find each part only after the
    one before.
    """

    # Pages use no other; the others would be compressed too.
    keep_only_hashed_files = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[tuple[Any, ...]]:
        whole = {name: (_whole(name, storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(whole, **options)

    # A page has six of them, and each takes as long as an indexed query.
    @lru_cache(maxsize=1024)  # noqa: B019 - there is one of these in a process
    def url(self, name: str | None, force: bool = False) -> str:
        url: str = super().url(name, force)
        return url

    def create_compressor(self, **options: Any) -> Compressor:
        return FrugalCompressor(**options)


def _whole(name: str, storage: Any) -> Any:
    """Return the storage to read a file from so that it includes its parts."""
    if name.endswith(".css"):
        return SheetsInOnePiece(storage)
    return ScriptInOnePiece(storage) if is_ours(name) else storage
