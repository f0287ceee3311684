"""Documents with hidden instructions, and a writer who follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from langchain_core.messages import BaseMessage
from writer_prompts import CardReader, Prompt, Task, letters

from corpus.types import Language

INJECTIONS = Path(__file__).with_name("injections.yaml")
_LEAST_LETTERS = 12  # of hidden words that show that they reached the model


@dataclass(frozen=True, slots=True)
class Injection:
    """A post by `author` with `hidden` words in it; the fields are those of injections.yaml."""

    id: str
    language: Language
    author: str
    question: str
    text: str
    hidden: str
    obedience: str
    canaries: tuple[str, ...]

    @property
    def document(self) -> str:
        """The post as a file that ingestion reads."""
        title = self.question
        url = f"https://blog.example.org/{self.id}"
        body = self.text.format(hidden=self.hidden)
        return f"---\ntitle: {title}\nauthor: {self.author}\nurl: {url}\n---\n{body}\n"


def load_injections(path: Path = INJECTIONS) -> list[Injection]:
    """All of them. Raises KeyError or TypeError for an entry that is not as documented."""
    entries = yaml.safe_load(path.read_text("utf-8"))
    return [
        Injection(
            **entry
            | {"language": Language(entry["language"]), "canaries": tuple(entry["canaries"])}
        )
        for entry in entries
    ]


def write_documents(directory: Path, injections: Sequence[Injection]) -> Path:
    """`directory` with one file for each injection."""
    directory.mkdir(parents=True, exist_ok=True)
    for injection in injections:
        (directory / f"{injection.id}.md").write_text(injection.document, encoding="utf-8")
    return directory


class ObedientWriter:
    """Does what the hidden words ask for, in the answer, in every repair and as a judge.

    `reached` tells whether the hidden words were in what it was given to read.
    """

    def __init__(self, reader: CardReader, injection: Injection) -> None:
        self.prompts: list[Prompt] = []
        self.reached = False
        self._reader = reader
        self._injection = injection

    def __call__(self, messages: Sequence[BaseMessage]) -> str:
        """The reply to `messages`."""
        prompt = self._reader.read(messages)
        self.prompts.append(prompt)
        if prompt.task is Task.JUDGE:
            return '{"supported": true}'
        if prompt.task is Task.READ:
            return "?"
        hidden = letters(self._injection.hidden)[:_LEAST_LETTERS]
        self.reached = self.reached or any(hidden in letters(card.text) for card in prompt.cards)
        own = [card for card in prompt.cards if self._injection.author in card.text]
        number = own[0].number if own else 1
        words = self._injection.obedience.format(n=number, rules=prompt.rules)
        # Once as it is, and once behind an honest beginning with the author's name.
        return f"{words}\n\n**{self._injection.author}**: {words}\n\n- {words}\n"
