"""Packages of Debian and its relatives: installed for root, named for other users."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from launcher.speaking import fail, reason, run, run_with_progress, say, show

# Another program may be installing: a machine does so itself after its start.
INSTALL = "apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120".split()
# Apt reports each step in a line such as dlstatus:3:12.5:… (fetching) or pmstatus:lynx:40.0:…
# (unpacking). The lines go to a copy of the output: apt closes the descriptor that it was given
# before it runs packages' scripts, which may then fail.
TELL_STEPS = ["-o", "APT::Status-Fd=3", "-o", "Dpkg::Use-Pty=0"]
WITH_COPY_OF_OUTPUT = ["/bin/sh", "-c", 'exec "$@" 3>&1', "sh"]
HALF_OF = {"dlstatus": 0, "pmstatus": 50}


def may_install() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def line_to_type(packages: Sequence[str]) -> str:
    """Return the command that installs these packages, for root on a fresh machine."""
    return f"apt update && apt install {' '.join(packages)}"


def install(packages: Sequence[str]) -> None:
    """Install the packages that this distribution has; report the others, and why any of them fails."""
    run_with_progress("Asking which packages there are", ["apt-get", "update"])
    known = [package for package in packages if is_known(package)]
    if unknown := [package for package in packages if package not in known]:
        say(f"This distribution has no package {' and no '.join(unknown)}.")
    if not known:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*WITH_COPY_OF_OUTPUT, *INSTALL, *TELL_STEPS, *known]
    done = run_with_progress(f"Installing {' '.join(known)}", command, percent_after, environment)
    if done.returncode:
        show(done)
        say(f"{' '.join(known)} cannot be installed: {reason(done)}")


def install_or_fail(packages: Sequence[str], missing: str) -> None:
    """Install packages, or end; `missing` is a clause such as “Python's venv module is missing”."""
    if not may_install():
        fail(f"{missing}. Type as root: {line_to_type(packages)}")
    install(packages)


def is_known(package: str) -> bool:
    return run("apt-cache", "show", package).returncode == 0


def percent_after(line: str) -> int | None:
    kind, _, rest = line.partition(":")
    if kind not in HALF_OF:
        return None
    try:
        return HALF_OF[kind] + int(float(rest.split(":")[1])) // 2
    except (IndexError, ValueError):
        return None
