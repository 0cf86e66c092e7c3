"""What `./parley check` runs: every check by name, all of them, and at the end those that failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
MANAGE = ["python", "manage.py"]
DEPLOYED = {"PARLEY_HOSTS": "blog.example.org", "PARLEY_HTTPS": "1", "DJANGO_DEBUG": ""}


def checks() -> dict[str, list[str]]:
    """Each check's name and command; a program without a path is one of the virtual environment."""
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
    return {
        "lint": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
        "imports": ["lint-imports", "--no-cache"],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "INFO"],
        "translations": ["python", "tools/translations.py"],
        "templates": ["djade", "--check", "--target-version", "5.2", *templates],
        "colours": ["python", "tools/colours.py"],
        "locks": ["/bin/bash", "tools/lock", "--check"],
    }


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    print(f"--- {name}: {' '.join(command[:6])}{' …' if len(command) > 6 else ''}", flush=True)
    program = [str(PROGRAMS / command[0]), *command[1:]]
    return subprocess.run(program, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **DEPLOYED, "PARLEY_DATA": data}
        failed = [
            name for name, command in checks().items() if not passes(name, command, environment)
        ]
    if failed:
        sys.exit(f"\nFAILED: {', '.join(failed)}")
    print(f"\nAll {len(checks())} checks pass.")


if __name__ == "__main__":
    main()
