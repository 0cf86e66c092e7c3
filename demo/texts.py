"""Makes titles, articles with everything an article may hold, and replies from these words."""

from __future__ import annotations

from random import Random

from demo.dutch import DUTCH
from demo.english import ENGLISH
from demo.german import GERMAN
from demo.words import Words

LANGUAGES = {"en": ENGLISH, "nl": DUTCH, "de": GERMAN}

CODE = """\
```python
def {name}(pages: list[str]) -> int:
    return sum(len(page) for page in pages) + {number}
```"""


class Writer:
    """Somebody who writes in one language, and the same again from the same `random`."""

    def __init__(self, language: str, random: Random) -> None:
        self.words: Words = LANGUAGES[language]
        self.random = random

    def sentence(self) -> str:
        words, pick = self.words, self.random.choice
        turned = self.random.random() < 0.4
        return words.sentence(
            pick(words.who), pick(words.does), pick(words.what), pick(words.where), turned=turned
        )

    def paragraph(self, shortest: int = 4, longest: int = 7) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(shortest, longest)))

    def title(self) -> str:
        words, pick = self.words, self.random.choice
        title = f"{pick(words.who)} {pick(words.does)} {pick(words.what)}"
        return title[0].upper() + title[1:]

    def article(self) -> str:
        """About 450 words of Markdown: headings, a link, a list, a quotation; often more."""
        extras = [self.code, self.table, self.footnote, self.definitions]
        parts = [
            self.paragraph(),
            self.paragraph(),
            f"## {self.title()}",
            self.linked_paragraph(),
            self.list(),
            self.paragraph(),
            self.quotation(),
            f"## {self.title()}",
            self.paragraph(),
            self.random.choice(extras)(),
            self.paragraph(),
        ]
        return "\n\n".join(parts) + "\n"

    def reply(self) -> str:
        return self.paragraph(1, 4)

    def linked_paragraph(self) -> str:
        address = f"https://example.org/{self.random.randint(1, 9999)}"
        return f"{self.paragraph(3, 5)} [{self.words.link}]({address}). {self.sentence()}"

    def list(self) -> str:
        return "\n".join(f"- {self.sentence()}" for _ in range(5))

    def quotation(self) -> str:
        return f"> {self.sentence()}\n>\n> — {self.words.says}"

    def code(self) -> str:
        name = f"page_{self.random.randint(1, 99)}"
        return CODE.format(name=name, number=self.random.randint(1, 99))

    def table(self) -> str:
        left, right = self.words.table
        rows = [
            f"| {self.random.choice(self.words.what)} | {self.random.randint(1, 400)} |"
            for _ in range(4)
        ]
        return "\n".join([f"| {left} | {right} |", "|---|--:|", *rows])

    def footnote(self) -> str:
        return f"{self.paragraph(2, 3)}[^1]\n\n[^1]: {self.words.note}"

    def definitions(self) -> str:
        return "\n\n".join(
            f"{self.random.choice(self.words.what)}\n: {self.sentence()}" for _ in range(3)
        )
