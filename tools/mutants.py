# /// script
# requires-python = ">=3.11"
# dependencies = ["cosmic-ray==8.7.0"]
# ///
"""Break a module in many small ways, one at a time, and see which breaks no test notices.

    .venv/bin/uv run tools/mutants.py markup/slugs.py accounts/roles.py --tests tests/markup tests/admin

Each break ("mutant") is tried in a copy of the project, against those of the tests that run its
line, the quickest first, then against the others. What survives is shown. `markup/slugs.py:32`
breaks one line; `--sample 100` tries so many of all, the same ones each time. For development
only; see docs/tests.md.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.python.tree import Keyword

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("PARLEY_VENV") or ROOT / ".venv").expanduser().absolute()
NO_PART = shutil.ignore_patterns(".git", ".venv", "var", "build", ".*_cache", ".hypothesis")
# Test order does not matter here, and invented examples are the same for each mutant.
PYTEST = "-m pytest -q -x -n 0 -p no:randomly -p no:cacheprovider --hypothesis-seed=0".split()
# A mutant that never ends may also grow, which must not harm the machine.
ENOUGH_MEMORY = ["prlimit", "--as=4000000000"]
KILLED, SURVIVED, TOO_SLOW = "killed", "SURVIVED", "killed, by time"
PATIENCE = 60  # seconds on top of ten times the duration of the tests

# One cosmic-ray operator for each likely slip: `+` becomes `-` and not eleven other operators, most
# of which raise at once.
OPERATORS = """
    AddNot ReplaceTrueWithFalse ReplaceFalseWithTrue ReplaceAndWithOr ReplaceOrWithAnd
    ReplaceBreakWithContinue ReplaceContinueWithBreak NumberReplacer
    RemoveDecorator ZeroIterationForLoop ReplaceUnaryOperator_Delete_Not
    ReplaceUnaryOperator_USub_UAdd
    ReplaceBinaryOperator_Add_Sub ReplaceBinaryOperator_Sub_Add ReplaceBinaryOperator_Mul_FloorDiv
    ReplaceBinaryOperator_Div_Mul ReplaceBinaryOperator_FloorDiv_Mul ReplaceBinaryOperator_Mod_Add
    ReplaceBinaryOperator_BitOr_BitAnd ReplaceBinaryOperator_BitAnd_BitOr
    ReplaceComparisonOperator_Eq_NotEq ReplaceComparisonOperator_NotEq_Eq
    ReplaceComparisonOperator_Is_IsNot ReplaceComparisonOperator_IsNot_Is
    ReplaceComparisonOperator_Lt_LtE ReplaceComparisonOperator_Lt_GtE
    ReplaceComparisonOperator_LtE_Lt ReplaceComparisonOperator_LtE_Gt
    ReplaceComparisonOperator_Gt_GtE ReplaceComparisonOperator_Gt_LtE
    ReplaceComparisonOperator_GtE_Gt ReplaceComparisonOperator_GtE_Lt
""".split()


class DropStatement(Operator):
    """Our operator: a call whose value is unused, a `raise` or a `del` becomes `pass`."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        if node.type == "simple_stmt" and (
            node.children[0].type in {"raise_stmt", "del_stmt"} or is_call(node.children[0])
        ):
            yield node.children[0].start_pos, node.children[0].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        dropped = node.children[0]
        node.children[0] = Keyword("pass", dropped.start_pos, dropped.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls) -> Sequence[Any]:
        return ()


def is_call(node: Any) -> bool:
    return node.type == "atom_expr" and node.children[-1].type == "trailer"


@dataclass(frozen=True)
class Mutant:
    path: str
    operator: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.operator}"

    def told(self) -> str:
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        after = self.code.splitlines()
        first = next(
            n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new
        )
        return f"{self}\n    - {before[first].strip()}\n    + {after[first].strip()}"


@dataclass(frozen=True)
class Clean:
    """The tests on the unchanged code: the seconds of each, and which of them run a line."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]

    def tests_against(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests that run the mutant's line, fastest first, then the others.

        The others matter because something cached (a table made on import) runs in one test and
        serves all.
        """
        by_line = self.lines.get(mutant.path, {})
        near = {test for line in statement_at(mutant) for test in by_line.get(str(line), ())}
        touching = {test for tests in by_line.values() for test in tests}
        for tests in (near, touching - near, self.seconds.keys() - touching - near):
            yield sorted(tests, key=self.seconds.__getitem__)


# --- mutants -------------------------------------------------------------------------------


def mutants_in(name: str) -> Iterator[Mutant]:
    """Yield the mutants in `name`: a file, a folder, or a file and one of its lines."""
    path, _, line = name.partition(":")
    files = sorted(Path(path).rglob("*.py")) if Path(path).is_dir() else [Path(path)]
    for file in files:
        for mutant in mutants_of(str(file)):
            if not line or mutant.line == int(line):
                yield mutant


def mutants_of(path: str) -> Iterator[Mutant]:
    code = (ROOT / path).read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(code)))
    for name, operator in operators():
        occurrence = 0
        for node in nodes:
            for start, _end in operator.mutation_positions(node):
                broken = None if is_annotation(node) else mutate_code(code, operator, occurrence)
                occurrence += 1
                if broken and broken != code and is_python(broken):
                    yield Mutant(path, name, start[0], broken)


def operators() -> Iterator[tuple[str, Operator]]:
    for name in OPERATORS:
        yield name, get_operator(f"core/{name}")()
    yield "DropStatement", DropStatement()


def is_python(code: str) -> bool:
    """Return whether the code compiles: no test is needed against what cannot even be imported."""
    try:
        compile(code, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def is_annotation(node: Any) -> bool:
    """Return whether the node is in a type annotation, which does nothing at run time."""
    below = node
    while (above := below.parent) is not None:
        if above.type == "annassign" and below is above.children[1]:
            return True
        if above.type == "tfpdef" and below is above.children[-1]:
            return True
        if above.type == "funcdef" and below is above.annotation:
            return True
        below = above
    return False


def statement_at(mutant: Mutant) -> range:
    """Return the lines of the innermost statement, or of its head if it contains others."""
    spans = [head_of(node) for node in parsed(mutant) if isinstance(node, ast.stmt)]
    return min((span for span in spans if mutant.line in span), key=len)


def head_of(statement: ast.stmt) -> range:
    below = getattr(statement, "body", None) or getattr(statement, "cases", None)
    last = (statement.end_lineno or statement.lineno) + 1
    if below:
        first = below[0] if isinstance(below[0], ast.stmt) else below[0].pattern
        last = max(first.lineno, statement.lineno + 1)
    decorators = [one.lineno for one in getattr(statement, "decorator_list", [])]
    return range(min([statement.lineno, *decorators]), last)


def parsed(mutant: Mutant) -> Iterator[ast.AST]:
    return ast.walk(ast.parse((ROOT / mutant.path).read_text(encoding="utf-8")))


# --- trying them ---------------------------------------------------------------------------


class Copy:
    """A copy of the project, in which one mutant at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=NO_PART)
        # The first run migrates it. The file keeps it for all runs, as if somebody used it all the
        # time.
        self.database = folder / "database"
        (self.database / "users").mkdir(parents=True)
        (self.database / "users" / "mutants").touch()
        self.clock = time.time()

    def run(self, tests: list[str], *more: str, timeout: float | None = None) -> int:
        done = subprocess.run(
            [*ENOUGH_MEMORY, VENV / "bin" / "python", *PYTEST, *more, *tests],
            cwd=self.folder,
            env={**os.environ, "PARLEY_TESTS_DATABASE": str(self.database)},
            timeout=timeout,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode

    def learn(self, tests: list[str], paths: list[str]) -> Clean:
        found = self.folder / "covering.json"
        watched = f"--watched={','.join(paths)}"
        if self.run(tests, "-p", "tools.covering", watched, f"--found={found}"):
            sys.exit(f"The tests must pass on the code as it is: pytest {' '.join(tests)}")
        return Clean(**json.loads(found.read_text(encoding="utf-8")))

    def outcome(self, mutant: Mutant, clean: Clean) -> str:
        whole = (self.folder / mutant.path).read_text(encoding="utf-8")
        self.write(mutant.path, mutant.code)
        try:
            died = any(
                self.run(tests, timeout=10 * sum(map(clean.seconds.__getitem__, tests)) + PATIENCE)
                for tests in clean.tests_against(mutant)
                if tests
            )
        except subprocess.TimeoutExpired:
            return TOO_SLOW
        finally:
            self.write(mutant.path, whole)
        return KILLED if died else SURVIVED

    def write(self, path: str, code: str) -> None:
        """Write the code with a new second, by which Python sees that its compiled file is old."""
        self.clock += 2
        (self.folder / path).write_text(code, encoding="utf-8")
        os.utime(self.folder / path, (self.clock, self.clock))


def try_all(mutants: list[Mutant], clean: Clean, copies: list[Copy]) -> list[tuple[Mutant, str]]:
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def attempt(mutant: Mutant) -> tuple[Mutant, str]:
        copy = free.get()
        try:
            outcome = copy.outcome(mutant, clean)
        finally:
            free.put(copy)
        print(f"{outcome}: {mutant.told() if outcome == SURVIVED else mutant}", flush=True)
        return mutant, outcome

    with ThreadPoolExecutor(len(copies)) as pool:
        return list(pool.map(attempt, mutants))


def report(tried: list[tuple[Mutant, str]], made: int) -> None:
    by_path: dict[str, Counter[str]] = {}
    for mutant, outcome in tried:
        by_path.setdefault(mutant.path, Counter())[outcome] += 1
    print(f"\n{len(tried)} of {made} mutants tried\n\nkilled survived  total")
    for path, told in sorted([*by_path.items(), ("together", Counter(o for _, o in tried))]):
        total, survived = told.total(), told[SURVIVED]
        killed = total - survived
        print(f"{killed:6} {survived:8} {total:6}  {killed / total:4.0%}  {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="+", help="files, a line of one, or folders of them")
    parser.add_argument("--tests", nargs="+", required=True, help="files or folders, as for pytest")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of all mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    mutants = [mutant for name in asked.modules for mutant in mutants_in(name)]
    chosen = mutants
    if asked.sample and asked.sample < len(mutants):
        chosen = random.Random(0).sample(mutants, asked.sample)
    with tempfile.TemporaryDirectory() as scratch:
        copies = [Copy(Path(scratch) / str(number)) for number in range(asked.jobs)]
        clean = copies[0].learn(asked.tests, sorted({mutant.path for mutant in mutants}))
        report(try_all(chosen, clean, copies), len(mutants))


if __name__ == "__main__":
    main()
