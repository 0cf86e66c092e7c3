"""The checks of `./parley check`: runs all of them, and lists those that failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from biome import LEFT_OUT

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
MANAGE = ["python", "manage.py"]
DEPLOYED = {"PARLEY_HOSTS": "blog.example.org", "PARLEY_HTTPS": "1", "DJANGO_DEBUG": ""}


def checks() -> dict[str, list[str]]:
    """Return each check's command by name; a program without a path is in the virtual environment."""
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
        "lines of templates": ["python", "-m", "tools.templates"],
        "scripts and styles": ["python", "tools/biome.py", "check"],
        "colours": ["python", "tools/colours.py"],
        "locks": ["/bin/bash", "tools/lock", "--check"],
    }


def outcome(name: str, command: list[str], environment: dict[str, str]) -> int:
    print(f"--- {name}: {' '.join(command[:6])}{' …' if len(command) > 6 else ''}", flush=True)
    program = [str(PROGRAMS / command[0]), *command[1:]]
    return subprocess.run(program, cwd=ROOT, env=environment, check=False).returncode


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **DEPLOYED, "PARLEY_DATA": data}
        outcomes = {name: outcome(name, command, environment) for name, command in checks().items()}
    left_out = [name for name, status in outcomes.items() if status == LEFT_OUT]
    failed = [name for name, status in outcomes.items() if status not in {0, LEFT_OUT}]
    if left_out:
        print(f"\n!!! NOT CHECKED HERE: {', '.join(left_out)} !!!")
    if failed:
        sys.exit(f"\nFAILED: {', '.join(failed)}")
    print(f"\n{'The other' if left_out else 'All'} {len(outcomes) - len(left_out)} checks pass.")


if __name__ == "__main__":
    main()
