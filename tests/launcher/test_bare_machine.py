"""What a machine lacks is installed for root, and named in one line for anybody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.launcher.conftest import Run

IsOneSentence = Callable[["subprocess.CompletedProcess[str]"], bool]
Altered = Callable[[str], Path]

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
WITHOUT_VENV_MODULE = """
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == "ensurepip" else find(name)
"""
LEFT_OUT = (
    "tests/browser/",
    "tests/config/serving/",
    "tests/docs/",
    "tests/launcher/",
    "tests/demo/",
)
ANYBODY = "os.geteuid = lambda: 1000\n"
ROOT = "os.geteuid = lambda: 0\n"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder of programs on the machine."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


@pytest.fixture
def write_program(programs: Path) -> Callable[[str, str], Path]:
    """write_program("lynx", "exit 1") -> a shell script of that name, on the path."""

    def write(name: str, script: str) -> Path:
        program = programs / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    return write


@pytest.fixture
def apt(write_program: Callable[[str, str], Path], programs: Path) -> Path:
    """A Debian that knows every package but chromium; what is asked of it is written to the file."""
    asked = programs / "asked"
    # As apt: it tells its steps to the descriptor that it was given, which packages' scripts lack then.
    tell_steps = 'case "$*" in *Status-Fd=3*) echo pmstatus:x:50.0:Unpacking >&3; exec 3>&- ;; esac'
    write_program("apt-get", f'echo "$@" >>{asked}; {tell_steps}; echo "Setting up x"')
    write_program("apt-cache", '[ "$2" != chromium ]')
    return asked


def test_anybody_is_told_the_whole_line_before_anything_is_done(
    run_launcher: Run, altered: Altered, is_one_sentence: IsOneSentence, free_port: str
) -> None:
    program = altered(WITHOUT_VENV_MODULE + ANYBODY)
    done = run_launcher("serve", program=program, PORT=free_port, PATH="/nowhere")
    assert is_one_sentence(done)
    assert f"Type as root: apt update && apt install python{VERSION}-venv\n" in done.stderr
    assert done.stdout == ""


def test_anybody_who_tests_is_told_of_everything_at_once(
    run_launcher: Run, altered: Altered, is_one_sentence: IsOneSentence
) -> None:
    done = run_launcher(
        "test", program=altered(WITHOUT_VENV_MODULE + ANYBODY), PATH="/nowhere", CHROMIUM=""
    )
    assert is_one_sentence(done)
    assert f"apt update && apt install python{VERSION}-venv chromium lynx" in done.stderr
    assert done.stdout == ""


def test_root_gets_it_installed(
    run_launcher: Run, altered: Altered, apt: Path, free_port: str
) -> None:
    program = altered(WITHOUT_VENV_MODULE + ROOT)
    done = run_launcher("serve", program=program, PORT=free_port, PATH=str(apt.parent))
    update, install = apt.read_text(encoding="utf-8").splitlines()
    assert update == "update"
    assert install.startswith("install --yes")
    assert install.endswith(f"python{VERSION}-venv")
    assert f"Installing python{VERSION}-venv … 75 %" in done.stdout
    assert "did not bring it" in done.stderr


def test_with_uv_no_venv_module_is_needed(
    run_launcher: Run,
    altered: Altered,
    write_program: Callable[[str, str], Path],
    programs: Path,
    free_port: str,
) -> None:
    write_program("uv", '[ "$1" = --version ] && exit; echo "error: this uv is asked"; exit 1')
    program = altered(WITHOUT_VENV_MODULE + ANYBODY)
    done = run_launcher("serve", program=program, PORT=free_port, PATH=f"{programs}")
    assert done.stderr == "parley: The packages cannot be installed: error: this uv is asked\n"


def test_a_failed_installer_shows_its_error_and_not_its_last_hint(
    run_launcher: Run, write_program: Callable[[str, str], Path], programs: Path, free_port: str
) -> None:
    says = "Collecting x\nERROR: No matching distribution found for x==1\n\nhint: See above for details."
    write_program("uv", f'[ "$1" = --version ] && exit; echo "{says}"; exit 1')
    done = run_launcher("serve", PORT=free_port, PATH=str(programs))
    assert done.stderr.endswith("installed: ERROR: No matching distribution found for x==1\n")
    assert "hint: See above" in done.stdout


def test_what_a_distribution_does_not_have_keeps_nothing_else_from_being_installed(
    run_launcher: Run, altered: Altered, apt: Path, installed_venv: Path
) -> None:
    done = run_launcher(
        *("test", "--version"),
        program=altered(ROOT),
        PATH=str(apt.parent),
        PARLEY_VENV=str(installed_venv),
        CHROMIUM="",
        CI="",
    )
    assert apt.read_text(encoding="utf-8").splitlines()[-1].endswith(" lynx")
    assert "This distribution has no package chromium." in done.stdout
    assert "Type as root: apt update && apt install chromium lynx\n" in done.stdout
    assert "CHROMIUM may name a Chromium or Chrome" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_on_the_path_is_taken_if_it_runs(
    run_launcher: Run,
    write_program: Callable[[str, str], Path],
    programs: Path,
    installed_venv: Path,
    name: str,
) -> None:
    write_program("lynx", "exit 0")
    write_program(name, "exit 1")
    given = {"PATH": str(programs), "PARLEY_VENV": str(installed_venv), "CHROMIUM": "", "CI": ""}
    assert "apt install chromium\n" in run_launcher("test", "--version", **given).stdout
    write_program(name, "exit 0")
    assert "apt install" not in run_launcher("test", "--version", **given).stdout


def test_a_browser_that_is_named_is_taken(
    run_launcher: Run,
    write_program: Callable[[str, str], Path],
    programs: Path,
    installed_venv: Path,
    tmp_path: Path,
) -> None:
    write_program("lynx", "exit 0")
    elsewhere = write_program("brave", "exit 0").rename(tmp_path / "brave")
    given = {"PATH": str(programs), "PARLEY_VENV": str(installed_venv), "CI": ""}
    done = run_launcher("test", "--version", CHROMIUM=str(elsewhere), **given)
    assert "apt install" not in done.stdout
    assert done.returncode == 0


def test_a_browser_that_is_named_and_does_not_run_is_refused(
    run_launcher: Run, is_one_sentence: IsOneSentence
) -> None:
    done = run_launcher("test", CHROMIUM="/nowhere/chrome")
    assert is_one_sentence(done)
    assert "CHROMIUM names “/nowhere/chrome”, which does not run here." in done.stderr


def test_a_library_that_the_driver_lacks_is_named_by_its_package(
    run_launcher: Run,
    altered: Altered,
    write_program: Callable[[str, str], Path],
    programs: Path,
    installed_venv: Path,
) -> None:
    write_program("lynx", "exit 0")
    write_program("chromium", "exit 0")
    lacks = (
        "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file"
    )
    driver_says = f"""
true_run = subprocess.run
def run(command, **options):
    if str(command[0]).endswith("driver/node"):
        return subprocess.CompletedProcess(command, 127, "", {lacks!r})
    return true_run(command, **options)
subprocess.run = run
"""
    done = run_launcher(
        *("test", "--version"),
        program=altered(ANYBODY + driver_says),
        PATH=str(programs),
        PARLEY_VENV=str(installed_venv),
        CHROMIUM="",
        CI="",
    )
    assert "Type as root: apt update && apt install libatomic1\n" in done.stdout


def test_under_ci_a_missing_browser_is_a_failure(
    run_launcher: Run, altered: Altered, is_one_sentence: IsOneSentence, installed_venv: Path
) -> None:
    done = run_launcher(
        *("test", "--version"),
        program=altered(ANYBODY),
        PATH="/nowhere",
        PARLEY_VENV=str(installed_venv),
        CHROMIUM="",
        CI="true",
    )
    assert is_one_sentence(done)
    assert "apt install chromium" in done.stderr


def test_the_fast_tests_need_no_browser(
    run_launcher: Run, altered: Altered, apt: Path, installed_venv: Path
) -> None:
    done = run_launcher(
        *("test", "--fast", "--version"),
        program=altered(ROOT),
        PATH=str(apt.parent),
        PARLEY_VENV=str(installed_venv),
        CHROMIUM="/nowhere/chrome",
        CI="true",
    )
    assert done.returncode == 0
    assert "apt install" not in done.stdout + done.stderr
    assert not apt.exists()


@pytest.mark.parametrize("megabytes", [0, 49])
def test_a_full_disk_is_told_of_before_anything_is_made(
    run_launcher: Run,
    altered: Altered,
    is_one_sentence: IsOneSentence,
    free_port: str,
    tmp_path: Path,
    megabytes: int,
) -> None:
    program = altered(
        f"shutil.disk_usage = lambda _: shutil._ntuple_diskusage(1, 1, {megabytes} * 10**6)"
    )
    done = run_launcher("serve", program=program, PORT=free_port)
    assert is_one_sentence(done)
    assert (
        f"is full: the first files of a site need 50 MB, and {megabytes} MB are left" in done.stderr
    )
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "venv").exists()


def test_the_fast_tests_leave_out_those_that_the_help_names() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--fast",
            "--collect-only",
            "-q",
            "-p",
            "no:cacheprovider",
        ],
        env={"PATH": "/nowhere", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""},
        cwd=Path(__file__).resolve().parents[2],
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0
    tests = [line for line in done.stdout.splitlines() if "::" in line]
    assert len({test.partition("[")[0] for test in tests}) == len(tests), "one case of each"
    chosen = {test.partition("::")[0] for test in tests}
    assert not [file for file in chosen if file.startswith(LEFT_OUT)]
    assert {"tests/blog/test_categories.py", "tests/comments/verbs/test_counts.py"} <= chosen


def test_tests_that_were_left_out_are_told_of_in_the_last_line() -> None:
    environment = {"PATH": "/nowhere", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""}
    tests = ["tests/browser/conversation/test_countdown.py", "tests/browser/test_text_browser.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", *tests],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "NOT TESTED: 5 TESTS. MISSING HERE: CHROMIUM AND LYNX."
