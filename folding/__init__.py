"""Plain Python: texts as they are compared, so that what reads the same is the same."""

from folding.fold import BLANK, IGNORABLE, composed, folded, has_lookalikes, look_of_name, skeleton

__all__ = ["BLANK", "IGNORABLE", "composed", "folded", "has_lookalikes", "look_of_name", "skeleton"]
