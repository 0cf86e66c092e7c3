"""Turns uploaded bytes into a clean raster picture, or refuses them. Uses Pillow, and no models."""

from pictures.cleaning import CleanPicture, clean
from pictures.refusal import RefusedPicture
from pictures.writing import smaller

__all__ = ["CleanPicture", "RefusedPicture", "clean", "smaller"]
