# /// script
# requires-python = ">=3.11"
# dependencies = ["cosmic-ray==8.7.0"]
# ///
"""Break a module in many small ways, one at a time, and see which breaks no test notices.

    .venv/bin/uv run tools/mutants.py markup/slugs.py accounts/roles.py --tests tests/markup tests/admin

Each break ("mutant") is tried in a copy of the project, against those of the tests that run its
line, the quickest first. What survives is shown with its line. `--sample 100` tries so many of
all, the same ones each time. For development only; see docs/tests.md.
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
# One test has no order to depend on here, and invented examples are the same for each mutant.
PYTEST = "-m pytest -q -x -n 0 -p no:randomly -p no:cacheprovider --hypothesis-seed=0".split()
KILLED, SURVIVED, TOO_SLOW = "killed", "SURVIVED", "killed, by time"
PATIENCE = 60  # seconds more than ten times what the tests take

# Of cosmic-ray's operators one for each break that could be a slip of the pen: `+` becomes `-` and
# not eleven other things, most of which raise at once.
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
    """Our own: a call whose value nobody takes, a `raise` or a `del` becomes `pass`."""

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

    def told(self) -> str:
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        after = self.code.splitlines()
        first = next(
            n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new
        )
        return (
            f"{self.path}:{self.line}  {self.operator}\n"
            f"    - {before[first].strip()}\n    + {after[first].strip()}"
        )


@dataclass(frozen=True)
class Clean:
    """What the tests do on the code as it is: how long each takes, and which run a line."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Quickest first. What runs on import (decorators, constants) concerns all that touch the file."""
        by_line = self.lines.get(mutant.path, {})
        found = {test for line in statement_at(mutant) for test in by_line.get(str(line), ())}
        if not found or not is_within_function(mutant):
            found = {test for tests in by_line.values() for test in tests}
        return sorted(found, key=lambda test: self.seconds[test])


# --- mutants -------------------------------------------------------------------------------


def mutants_of(path: str) -> Iterator[Mutant]:
    code = (ROOT / path).read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(code)))
    for name, operator in operators():
        occurrence = 0
        for node in nodes:
            for start, _end in operator.mutation_positions(node):
                broken = None if is_annotation(node) else mutate_code(code, operator, occurrence)
                occurrence += 1
                if broken and broken != code:
                    yield Mutant(path, name, start[0], broken)


def operators() -> Iterator[tuple[str, Operator]]:
    for name in OPERATORS:
        yield name, get_operator(f"core/{name}")()
    yield "DropStatement", DropStatement()


def is_annotation(node: Any) -> bool:
    """Whether it says a type, which nothing reads when the code runs."""
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
    """The lines of the innermost statement; of one that holds others, those of its head."""
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


def is_within_function(mutant: Mutant) -> bool:
    functions = (one for one in parsed(mutant) if isinstance(one, ast.FunctionDef))
    return any(one.body[0].lineno <= mutant.line <= (one.end_lineno or 0) for one in functions)


def parsed(mutant: Mutant) -> Iterator[ast.AST]:
    return ast.walk(ast.parse((ROOT / mutant.path).read_text(encoding="utf-8")))


# --- trying them ---------------------------------------------------------------------------


class Copy:
    """One copy of the project, in which one mutant at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=NO_PART)
        self.clock = time.time()

    def run(self, tests: list[str], *more: str, timeout: float | None = None) -> int:
        done = subprocess.run(
            [VENV / "bin" / "python", *PYTEST, *more, *tests],
            cwd=self.folder,
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
        tests = clean.tests_of(mutant)
        if not tests:
            return SURVIVED
        whole = (self.folder / mutant.path).read_text(encoding="utf-8")
        self.write(mutant.path, mutant.code)
        seconds = sum(clean.seconds[test] for test in tests)
        try:
            status = self.run(tests, timeout=10 * seconds + PATIENCE)
        except subprocess.TimeoutExpired:
            return TOO_SLOW
        finally:
            self.write(mutant.path, whole)
        return KILLED if status else SURVIVED

    def write(self, path: str, code: str) -> None:
        """Each time as of another second: by this Python knows that what it compiled is out of date."""
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
        print(f"{outcome}: {mutant.told()}" if outcome == SURVIVED else ".", flush=True)
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
    parser.add_argument("modules", nargs="+", help="files, or folders of them")
    parser.add_argument("--tests", nargs="+", required=True, help="files or folders, as for pytest")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of all mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    named = [Path(name) for name in asked.modules]
    paths = [
        str(file)
        for path in named
        for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])
    ]
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    chosen = mutants
    if asked.sample and asked.sample < len(mutants):
        chosen = random.Random(0).sample(mutants, asked.sample)
    with tempfile.TemporaryDirectory() as scratch:
        copies = [Copy(Path(scratch) / str(number)) for number in range(asked.jobs)]
        clean = copies[0].learn(asked.tests, paths)
        report(try_all(chosen, clean, copies), len(mutants))


if __name__ == "__main__":
    main()
