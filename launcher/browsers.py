"""Checks, by running them, what browser tests need: a Chromium, Playwright's driver, and Lynx."""

from __future__ import annotations

import ctypes.util
import os
import re
import shutil
import sys
from pathlib import Path

from launcher import debian
from launcher.packages import PYTHON_VERSION, VENV, is_made, missing_for_venv, working_uv
from launcher.speaking import fail, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = Path("lib", PYTHON_VERSION, "site-packages", "playwright", "driver", "node")
# The libraries that the driver links to, and their Debian packages.
LIBRARIES = {
    "libatomic.so.1": "libatomic1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
NOT_FOUND = re.compile(r"(lib\S+\.so\S*): cannot open shared object file")


def chromium() -> str | None:
    """Return the Chromium or Chrome that `CHROMIUM` names, else the first on the path that runs.

    Ubuntu has a program of that name that only says how to install it.
    """
    given = os.environ.get("CHROMIUM")
    found = filter(None, map(shutil.which, [given] if given else NAMES))
    return next((program for program in found if runs(program)), None)


def runs(program: str | Path) -> bool:
    try:
        return run(program, "--version").returncode == 0
    except OSError:  # the program is for another kind of machine
        return False


def driver_lacks(environment: Path | None = None) -> list[str]:
    """Return the libraries that Playwright's driver reports as missing; none if it runs."""
    done = run((environment or Path(sys.prefix)) / DRIVER, "--version")
    if done.returncode == 0:
        return []
    return NOT_FOUND.findall(done.stderr) or [done.stderr.strip() or "something unsaid"]


def missing() -> list[str]:
    """Return the missing packages."""
    programs = {"chromium": chromium(), "lynx": shutil.which("lynx")}
    return [
        *[package for package, found in programs.items() if not found],
        *[LIBRARIES.get(name, name) for name in libraries_missing()],
    ]


def libraries_missing() -> list[str]:
    """Return the libraries that the driver misses; before it is installed, those the system misses."""
    if (VENV / DRIVER).exists():
        return driver_lacks(VENV)
    names = {name: name.removeprefix("lib").partition(".so")[0] for name in LIBRARIES}
    return [name for name, short in names.items() if not ctypes.util.find_library(short)]


def name_all_that_is_missing() -> None:
    """Without the right to install, name all that is missing at once, before the first failure."""
    if os.environ.get("CHROMIUM") and not chromium():
        fail(f"CHROMIUM names “{os.environ['CHROMIUM']}”, which does not run here.")
    venv = [] if is_made() else missing_for_venv(with_pip=not working_uv())
    if venv and not debian.may_install():
        debian.install_or_fail([*venv, *missing()], "Python's venv module is missing")


def install_browsers() -> None:
    """Install what is missing if allowed; otherwise say what to type."""
    packages = missing()
    if packages and debian.may_install():
        debian.install(packages)
        packages = missing()
    if not packages:
        return
    hint = " (CHROMIUM may name a Chromium or Chrome)" if "chromium" in packages else ""
    tell = fail if os.environ.get("CI") == "true" else say
    tell(
        f"The tests in a browser need what is not here{hint}. "
        f"Type as root: {debian.line_to_type(packages)}"
    )
