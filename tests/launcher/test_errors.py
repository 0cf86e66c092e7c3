"""Whatever stands in the way of a start is told in one sentence."""

from __future__ import annotations

import ast
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.conftest import LAUNCHER, Run

IsOneSentence = Callable[["subprocess.CompletedProcess[str]"], bool]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_old_python_is_told_what_is_needed(
    run_launcher: Run, altered: Callable[[str], Path], is_one_sentence: IsOneSentence
) -> None:
    old = altered("sys.version_info = (3, 9, 18, 'final', 0)\nsys.version = '3.9.18 (main)'")
    done = run_launcher("serve", program=old)
    assert is_one_sentence(done)
    assert "needs Python 3.11 or newer, and this is 3.9.18" in done.stderr


def test_an_old_python_can_read_the_launcher_far_enough_to_say_so() -> None:
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_nothing_that_old_pythons_lack_is_imported_before_they_are_told() -> None:
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    before = [node for node in tree.body if node.lineno < first_version_check(tree)]
    names = [alias.name for node in before if isinstance(node, ast.Import) for alias in node.names]
    assert names == ["sys"]
    assert not any(isinstance(node, ast.ImportFrom) for node in before)


def first_version_check(tree: ast.Module) -> int:
    return next(node.lineno for node in tree.body if isinstance(node, ast.If))


def test_without_network_the_package_index_is_named_as_out_of_reach(
    run_launcher: Run, free_port: str, is_one_sentence: IsOneSentence
) -> None:
    nothing_listens = {
        "PIP_INDEX_URL": f"http://127.0.0.1:{free_port}/simple",
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "1",
    }
    done = run_launcher("serve", PORT=free_port, PATH="/nowhere", **nothing_listens)
    assert is_one_sentence(done)
    assert "the package index is out of reach" in done.stderr


def test_a_taken_port_is_told_before_any_work(
    run_launcher: Run, taken_port: int, tmp_path: Path, is_one_sentence: IsOneSentence
) -> None:
    done = run_launcher("serve", PORT=str(taken_port))
    assert is_one_sentence(done)
    assert f"Port {taken_port} on 127.0.0.1 is taken" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_development_server_minds_a_taken_port_too(run_launcher: Run, taken_port: int) -> None:
    assert "is taken" in run_launcher("dev", PORT=str(taken_port)).stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 80", "８０", "1" * 5000])
def test_a_port_that_is_none_is_refused(
    run_launcher: Run, port: str, is_one_sentence: IsOneSentence
) -> None:
    done = run_launcher("serve", PORT=port)
    assert is_one_sentence(done)
    assert "PORT must be a whole number from 1 to 65535" in done.stderr


def test_a_host_that_is_not_this_machine_is_refused(
    run_launcher: Run, free_port: str, is_one_sentence: IsOneSentence
) -> None:
    done = run_launcher("serve", HOST="192.0.2.1", PORT=free_port)
    assert is_one_sentence(done)
    assert "192.0.2.1" in done.stderr


def test_a_data_folder_that_cannot_be_written_is_refused(
    run_launcher: Run, free_port: str, tmp_path: Path, is_one_sentence: IsOneSentence
) -> None:
    file = tmp_path / "a-file"
    file.touch()
    done = run_launcher("serve", PORT=free_port, PARLEY_DATA=str(file / "below"))
    assert is_one_sentence(done)
    assert f"The data folder {file / 'below'} cannot be written" in done.stderr


def test_a_place_where_no_packages_can_be_put_is_refused(
    run_launcher: Run, free_port: str, tmp_path: Path, is_one_sentence: IsOneSentence
) -> None:
    file = tmp_path / "a-file"
    file.touch()
    done = run_launcher("serve", PORT=free_port, PARLEY_VENV=str(file / "venv"))
    assert is_one_sentence(done)
    assert str(file) in done.stderr


def test_a_folder_with_other_things_in_it_is_not_taken_for_a_virtual_environment(
    run_launcher: Run, free_port: str, tmp_path: Path, is_one_sentence: IsOneSentence
) -> None:
    letter = tmp_path / "home" / "letter.txt"
    letter.parent.mkdir()
    letter.touch()
    done = run_launcher("serve", PORT=free_port, PARLEY_VENV=str(letter.parent))
    assert is_one_sentence(done)
    assert letter.exists()
