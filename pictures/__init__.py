"""Bytes that a person sent become a clean raster picture or a clear refusal. Pillow, and no models."""

from pictures.cleaning import CleanPicture, clean
from pictures.refusal import RefusedPicture

__all__ = ["CleanPicture", "RefusedPicture", "clean"]
