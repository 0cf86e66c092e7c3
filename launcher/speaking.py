"""The launcher's output to people, and the programs that it runs."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
# Lines in which pip, uv, apt and Python report an error; their last lines are often hints.
ERROR = re.compile(r"(ERROR|error|E|fatal|[A-Za-z]*Error): \S")
TELLS_NOTHING = "error: subprocess-exited-with-error"
LINES_SHOWN = 12

Command = Sequence[str | Path]
Done = subprocess.CompletedProcess[str]


def say(sentence: str) -> None:
    print(sentence, flush=True)


def fail(sentence: str) -> NoReturn:
    sys.exit(f"parley: {sentence}")


@contextlib.contextmanager
def sentences_for_errors() -> Iterator[None]:
    """Turn errors of the system, and Ctrl-C, into one line and an exit status."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OSError as error:
        fail(f"{error.filename or 'The system'}: {error.strerror or error}.")


class Progress:
    """Shows the progress of a long step: on one line of a terminal, elsewhere at each quarter."""

    def __init__(self, what: str) -> None:
        self.what, self.told, self.started = what, 0, time.monotonic()
        self.is_terminal = sys.stdout.isatty()
        self.write(f"{what} …")

    def write(self, text: str) -> None:
        print(f"\r{text}" if self.is_terminal else text, end=self.end(), flush=True)

    def end(self) -> str:
        return "" if self.is_terminal else "\n"

    def reach(self, percent: int) -> None:
        if percent >= self.told + (1 if self.is_terminal else 25) and percent < 100:
            self.told = percent if self.is_terminal else percent // 25 * 25
            self.write(f"{self.what} … {self.told} %")

    def finish(self, outcome: str) -> None:
        seconds = round(time.monotonic() - self.started)
        self.write(f"{self.what} … {outcome} after {seconds} s")
        if self.is_terminal:
            print(flush=True)


def run(*command: str | Path) -> Done:
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


def run_with_progress(
    what: str,
    command: Command,
    percent_after: Callable[[str], int | None] = lambda _line: None,
    environment: dict[str, str] | None = None,
) -> Done:
    """Run an installer and return its output; `percent_after` reads the progress from a line."""
    progress, lines = Progress(what), []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            progress.reach(percent_after(line) or 0)
    progress.finish("failed" if process.returncode else "done")
    return subprocess.CompletedProcess(command, process.returncode, "".join(lines), "")


def reason(done: Done) -> str:
    """Return the line in which a program says why it failed; else its last line."""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    errors = [line for line in lines if ERROR.match(line) and line != TELLS_NOTHING]
    return (errors or lines[-1:] or ["no reason was given."])[0]


def show(done: Done) -> None:
    """Print the end of a failed program's output, for people who need more than the reason."""
    lines = (done.stdout + done.stderr).strip().splitlines()[-LINES_SHOWN:]
    print("\n".join(f"  | {line}" for line in lines), flush=True)
