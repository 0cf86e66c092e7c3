"""Plain Python: texts as they are compared, so that what reads the same is the same."""

from folding.fold import IGNORABLE, composed, folded, has_lookalikes, look_of_name, skeleton

__all__ = ["IGNORABLE", "composed", "folded", "has_lookalikes", "look_of_name", "skeleton"]
