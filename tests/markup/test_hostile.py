"""Sources made to exhaust the server: each comes out safe, valid and with its words.

That it happens in time is what the meter is for; here it must be seen to stop the work.
`benchmarks/rendering.py` prints how long each takes.
"""

import sys
from collections.abc import Callable, Iterator

import pytest
from markdown_it.token import Token
from markdown_it.utils import EnvType

from markup import limits, picture_keys, render_post, render_reply
from markup.sanitise import REPLY, post_cleaner
from tests.markup.hostile import PAIRS, SOURCES

# A step or a token takes a microsecond or two.
MOST_WORK = 60_000
MOST_TOKENS = 30_000
PAIRS_LENGTH = limits.MAX_IN_PARAGRAPHS + 1


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> str:
    return SOURCES[request.param]


@pytest.fixture
def short_stack() -> Iterator[None]:
    """As deep in the stack as a request may be when the text is rendered."""
    depth, frame = 0, sys._getframe()
    while frame.f_back:
        depth, frame = depth + 1, frame.f_back
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + 400)
    yield
    sys.setrecursionlimit(usual)


@pytest.mark.usefixtures("short_stack")
def test_a_hostile_post_comes_out_valid(source: str) -> None:
    html = render_post(source, language="nl").html
    assert post_cleaner().clean(html) == html
    assert len(html) < 40 * len(source) + 1000


@pytest.mark.usefixtures("short_stack")
def test_a_hostile_reply_comes_out_valid(source: str) -> None:
    html = render_reply(source, language="nl")
    assert REPLY.clean(html) == html


def test_too_much_work_is_given_up_and_the_words_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_STEPS", 20)
    post = render_post(
        '*een* "twee" <b>\ndrie ![](image:x)\n\nvier ' + "[a](b) " * 9, language="nl"
    )
    assert post.html.startswith("<p>*een* “twee” &lt;b&gt;<br>\ndrie ![](image:x)</p>\n<p>vier ")
    assert post.toc == ()
    assert picture_keys("![](image:x) " * 30) == []


@pytest.mark.parametrize(
    "source", ["> " * (limits.MAX_BLOCK_DEPTH + 1) + "deep", "*a " * 200 + "deep" + " a*" * 200]
)
def test_what_nests_too_deep_is_shown_as_it_was_typed(source: str) -> None:
    post = render_post(source, language="nl")
    assert post.text.startswith(source.split(maxsplit=1)[0])
    assert "deep" in post.text


def test_a_very_long_source_that_is_given_up_is_shown_as_one_block() -> None:
    source = "> a\n" * 20_000
    post = render_post(source, language="nl")
    assert post.html.startswith('<pre class="code" tabindex="0"><code>&gt; a\n&gt; a\n')
    assert post.html.count("&gt; a\n") == 20_000
    assert post.excerpt_html.startswith("<p>&gt; a &gt; a")
    assert len(post.excerpt_html) < 500
    assert post.has_more


def test_a_book_is_not_taken_for_an_attack() -> None:
    paragraph = "Een *gewone* zin met een [link](/x), een `woord` en een noot. " * 10
    html = render_post(f"{paragraph}\n\n" * 200, language="nl").html
    assert html.count("<em>") == 2000


@pytest.mark.parametrize("render", [render_post, render_reply])
@pytest.mark.parametrize("name", SOURCES)
def test_the_work_for_a_hostile_text_grows_no_faster_than_its_length(
    monkeypatch: pytest.MonkeyPatch, name: str, render: Callable[..., object]
) -> None:
    """Counted in rules asked and tokens made, whatever the machine is doing meanwhile."""
    work = []
    for length in (10_000, 40_000):
        text = (SOURCES[name] * (length // len(SOURCES[name]) + 1))[:length]
        spent = Spent()
        monkeypatch.setattr(limits, "spend", spent)
        monkeypatch.setattr(Token, "__post_init__", spent.token)
        render(text, language="nl")
        monkeypatch.undo()
        work.append(spent.steps + spent.tokens)
    assert work[1] <= MOST_WORK
    assert work[1] <= 6 * work[0] + 1000


@pytest.mark.parametrize("render", [render_post, render_reply])
@pytest.mark.parametrize("name", SOURCES)
def test_no_hostile_text_of_100_kb_is_parsed_to_its_end(
    monkeypatch: pytest.MonkeyPatch, name: str, render: Callable[..., object]
) -> None:
    spent = Spent()
    text = (SOURCES[name] * (100_000 // len(SOURCES[name]) + 1))[:100_000]
    monkeypatch.setattr(Token, "__post_init__", spent.token)
    render(text, language="nl")
    assert spent.tokens <= MOST_TOKENS


@pytest.mark.parametrize("name", list(PAIRS)[::9])
def test_no_pair_of_snippets_is_parsed_to_its_end_if_that_is_costly(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    spent = Spent()
    text = (PAIRS[name] * (PAIRS_LENGTH // len(PAIRS[name]) + 1))[:PAIRS_LENGTH]
    monkeypatch.setattr(Token, "__post_init__", spent.token)
    render_post(text, language="nl")
    assert spent.tokens <= MOST_TOKENS


@pytest.mark.parametrize(
    "source",
    [
        "http://x.nl/((((",
        "http://x.nl/(((( ",
        "'`a`'",
        "\"'",
        "[a](/b)",
        "![a](/b)",
        "[a]: /b\n\n",
        "<p>a</p>\n\n",
        "www.a.nl ",
        "1. www.a.nl ",
        "<http://a.nl>",
    ],
)
def test_links_code_html_and_marks_without_words_between_are_given_up(source: str) -> None:
    text = (source * (100_000 // len(source) + 1))[:100_000]
    assert render_post(text, language="nl").html.startswith("<pre")
    assert "<pre" not in render_post(text[:3000], language="nl").html


def test_a_long_post_of_every_construct_is_rendered_whole() -> None:
    sentence = 'De kade lag er *rustig* bij, zei hij: "\'s avonds is het **stil** en [licht](/x)". '
    table = "| jaar | schepen |\n|-----:|:--------|\n" + "| 1910 | 42 |\n" * 6 + "\n"
    section = (
        "## Kop {n}\n\n"
        + f"{sentence * 4}[^{{n}}]\n\n" * 3
        + (
            "- een\n- `twee`\n  - https://kade.example/a\n\n> Een citaat\n\n```python\na = 1\n```\n\n"
            + table
            + "[^{n}]: Noot {n}.\n\n"
        )
    )
    source = "".join(section.format(n=n) for n in range(80))
    assert len(source.split()) > 15_000
    assert 90_000 < len(source) < 130_000
    html = render_post(source, language="nl").html
    assert (html.count("<table>"), html.count("<h2"), html.count("<li id=")) == (80, 80, 80)


@pytest.mark.parametrize("line", ["# हिन्दी में ब्लॉग", "א ששששששששששש"])
def test_what_is_read_twice_is_charged_twice(line: str) -> None:
    """Headings, for their ids, and blocks that may have a direction of their own."""
    few = render_post(f"{line}\n\n" * 500, language="nl")
    many = render_post(f"{line}\n\n" * 6000, language="nl")
    assert (few.html.count("<pre"), many.html.count("<pre")) == (0, 1)


@pytest.mark.parametrize("line", ["www.a.a.a. ", "www.x.nl, ", f"http://{'ü' * 40}.nl "])
def test_addresses_upon_addresses_are_charged_for_what_is_looked_up(line: str) -> None:
    few = render_reply(line * 100, language="nl")
    many = render_reply((line * 10_000)[:100_000], language="nl")
    assert (few.count("<a "), many.count("<a ")) == (100, 0)


def test_a_long_list_of_links_is_taken() -> None:
    line = "- https://www.example.org/een/pad/naar/iets.html\n"
    assert render_post(line * 2000, language="nl").html.count("<a ") == 2000
    assert render_reply("Zie www.krant.nl é\n" * 500, language="nl").count("<a ") == 500


class Spent:
    """Counts, and stops the work as the meter does."""

    def __init__(self) -> None:
        self.steps = self.tokens = 0
        self.spend = limits.spend

    def __call__(self, env: EnvType, steps: int) -> None:
        self.steps += steps
        self.spend(env, steps)

    def token(self, *args: object) -> None:
        self.tokens += 1
