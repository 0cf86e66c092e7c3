"""How long Markdown takes: a post of 1,000 words, a reply, and 100 kB of every kind of text.

Run as `python -m benchmarks.rendering`. Times are milliseconds of processor time, the median of
several runs for the first two; for 100 kB of plain prose, of the post, and of each hostile source
of the tests, as a post and as a reply, the better of two runs. Of the pairs of snippets those are
shown that take more than 60 ms.
"""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

from markup import Picture, render_post, render_reply
from tests.markup.hostile import PAIRS, SOURCES

RUNS = 30
SENTENCE = (
    'De kade lag er *rustig* bij, zei hij: "\'s avonds is het stil" en [de foto](/x) toont het. '
)
CODE = (
    "```python\ndef read(path):\n    return [line.strip() for line in open(path) if line]\n```\n\n"
)
TABLE = "| jaar | schepen |\n|-----:|:--------|\n" + "| 1910 | 42 |\n" * 8 + "\n"
SECTION = (
    "## Kop {n}\n\n" + SENTENCE * 5 + "[^{n}]\n\n- een\n- twee\n  - drie\n\n"
    '![](image:quay "Bijschrift")\n\n[^{n}]: Noot {n}.\n\n'
)
POST = "".join(SECTION.format(n=n) + (CODE if n % 3 else TABLE) for n in range(9))
PROSE = ("De kade lag er rustig bij, zei hij, en iedereen keek. " * 10).strip() + "\n\n"
LENGTH = 100_000
QUAY = Picture(key="quay", src="/quay.jpg", width=1200, height=800, srcset="/quay-480.webp 480w")


def milliseconds(job: Callable[[], object]) -> float:
    start = process_time()
    job()
    return (process_time() - start) * 1000


def typical(job: Callable[[], object]) -> float:
    return median(milliseconds(job) for _ in range(RUNS))


def main() -> None:
    post = typical(lambda: render_post(POST, language="nl", pictures={"quay": QUAY}))
    reply = typical(lambda: render_reply(SENTENCE * 4, language="nl"))
    print(f"post of {len(POST.split())} words {post:8.1f}\nreply {reply:23.1f}")
    print(f"{'100 kB of':44}    post   reply")
    for name, source in {"plain prose": PROSE, "the post": POST, **SOURCES}.items():
        show(name, source)
    for name, source in PAIRS.items():
        show(name, source, from_ms=60)


def show(name: str, source: str, from_ms: float = 0) -> None:
    text = (source * (LENGTH // len(source) + 1))[:LENGTH]
    taken = [best_of_two(render, text) for render in (render_post, render_reply)]
    if max(taken) >= from_ms:
        print(f"{name:44}{taken[0]:8.0f}{taken[1]:8.0f}")


def best_of_two(render: Callable[..., object], text: str) -> float:
    job = partial(render, text, language="nl")
    return min(milliseconds(job), milliseconds(job))


if __name__ == "__main__":
    main()
