"""What the tests in a browser need, asked by running it: a Chromium, Playwright's driver, and Lynx."""

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
# The libraries that the driver is linked with, and Debian's packages of them.
LIBRARIES = {
    "libatomic.so.1": "libatomic1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
NOT_FOUND = re.compile(r"(lib\S+\.so\S*): cannot open shared object file")


def chromium() -> str | None:
    """The Chromium or Chrome that `CHROMIUM` names, else the first on the path that runs.

    Ubuntu has a program of that name which only says that it is to be installed.
    """
    given = os.environ.get("CHROMIUM")
    found = filter(None, map(shutil.which, [given] if given else NAMES))
    return next((program for program in found if runs(program)), None)


def runs(program: str | Path) -> bool:
    try:
        return run(program, "--version").returncode == 0
    except OSError:  # it is for another kind of machine
        return False


def driver_lacks(environment: Path | None = None) -> list[str]:
    """The libraries that Playwright's driver does not find, as it says itself; none where it runs."""
    done = run((environment or Path(sys.prefix)) / DRIVER, "--version")
    if done.returncode == 0:
        return []
    return NOT_FOUND.findall(done.stderr) or [done.stderr.strip() or "something unsaid"]


def missing() -> list[str]:
    """The packages that bring what is not here."""
    programs = {"chromium": chromium(), "lynx": shutil.which("lynx")}
    return [
        *[package for package, found in programs.items() if not found],
        *[LIBRARIES.get(name, name) for name in libraries_missing()],
    ]


def libraries_missing() -> list[str]:
    """As the driver says; before it is installed, as the system's own list of libraries does."""
    if (VENV / DRIVER).exists():
        return driver_lacks(VENV)
    names = {name: name.removeprefix("lib").partition(".so")[0] for name in LIBRARIES}
    return [name for name, short in names.items() if not ctypes.util.find_library(short)]


def name_all_that_is_missing() -> None:
    """Tells who may not install of everything at once, before the first part is found missing."""
    if os.environ.get("CHROMIUM") and not chromium():
        fail(f"CHROMIUM names “{os.environ['CHROMIUM']}”, which does not run here.")
    venv = [] if is_made() else missing_for_venv(with_pip=not working_uv())
    if venv and not debian.may_install():
        debian.install_or_fail([*venv, *missing()], "Python's venv module is missing")


def install_browsers() -> None:
    """Installs what is missing where that is allowed, and says what to type where it is not."""
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
