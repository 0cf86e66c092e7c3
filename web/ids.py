"""What the id of a row can look like in what a browser sends."""

from __future__ import annotations

import re

# No longer than a number that every database can hold.
IS_ID = re.compile("[0-9]{1,18}")
