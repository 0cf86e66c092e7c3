"""Plain Python: folds texts for comparison, so that texts that read the same are equal."""

from folding.fold import BLANK, IGNORABLE, composed, folded, has_lookalikes, look_of_name, skeleton

__all__ = ["BLANK", "IGNORABLE", "composed", "folded", "has_lookalikes", "look_of_name", "skeleton"]
