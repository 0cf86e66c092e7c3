"""docs/running.md keeps up with what can be set."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READING = re.compile(
    r"""(?:environ(?:\.get)?[(\[]|flag\(|if_set\(|one_of\(|words\(|whole_number\(|address\()\s*"([A-Z_]+)\""""
)


def variables_read() -> set[str]:
    sources = [ROOT / "parley", *ROOT.glob("launcher/*.py"), *ROOT.glob("config/env/*.py")]
    return {name for path in sources for name in READING.findall(path.read_text(encoding="utf-8"))}


def test_every_variable_that_is_read_is_documented() -> None:
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert {name for name in variables_read() if f"`{name}" not in page} == set()


def test_every_documented_variable_is_read() -> None:
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    first_columns = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    documented = set(re.findall(r"`([A-Z_]+)`", " ".join(first_columns)))
    assert documented - variables_read() == set()


def test_every_package_that_is_asked_for_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    first_columns = [line.split("|")[1] for line in page.splitlines() if line.startswith("| ")]
    explained = {name for column in first_columns for name in re.split(r"[^a-z0-9-]+", column)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^a-z0-9-]", requirement)[0] for requirement in asked}
    assert names - explained == set()
