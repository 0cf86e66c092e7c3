"""Formats and lints scripts and style sheets with Biome, which npm installs as its lock says.

    python tools/biome.py check             reports problems, as `./parley check` does
    python tools/biome.py check --write     fixes what it can

Without npm nothing is checked: a loud message and a separate exit status say so, and CI fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tools" / "node"
LOCK = FOLDER / "package-lock.json"
BIOME = FOLDER / "node_modules" / ".bin" / "biome"
STAMP = FOLDER / "node_modules" / ".lock"
LEFT_OUT = 77  # the exit status of a check that could not run


def main(arguments: list[str]) -> int:
    npm = shutil.which("npm")
    if npm is None:
        print("!!! NO npm HERE: SCRIPTS AND STYLE SHEETS WERE NOT CHECKED !!!")
        return 1 if os.environ.get("CI") else LEFT_OUT
    if not STAMP.exists() or STAMP.read_bytes() != LOCK.read_bytes():
        install(npm)
    program = [str(BIOME), *(arguments or ["check"]), "--error-on-warnings"]
    return subprocess.run(program, cwd=ROOT, check=False).returncode


def install(npm: str) -> None:
    # Without scripts: nothing that is fetched runs unasked.
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=FOLDER,
        check=True,
    )
    STAMP.write_bytes(LOCK.read_bytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
