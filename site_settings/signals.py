"""What the app tells of."""

from __future__ import annotations

from django.dispatch import Signal

# Within the transaction: `names` of settings that have another value now.
settings_changed = Signal()
