"""What the id of a row looks like when a browser sends it."""

from __future__ import annotations

import re

# No more digits than every database can hold.
IS_ID = re.compile("[0-9]{1,18}")
