from __future__ import annotations

from datetime import timedelta

# The most by which the clocks of machines that share a database may differ.
CLOCK_SKEW = timedelta(minutes=1)
