"""What a scripted writer reads in the messages that the tutor sends to a language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from langchain_core.messages import BaseMessage

from corpus.types import Course, Language, Perspective, Source
from tutor.quoting import sentence_spans

_SOURCES = re.compile(r"(?m)^(?:【资料】|Sources:)\n")
_SENTENCE = re.compile(r"(?m)^(?:【句子】|Sentence:)\n(.+)$")
_PROBLEM = re.compile(r"(?m)^(?:【问题所在】|What is wrong:)$")
_READING = re.compile(r"(?m)^Last message:$")
_CODE_LINE = re.compile(r"(?m)^===== \w+ =====$")
_CARD = re.compile(r"(?m)^\[(\d{1,2})\] ")
_LEAST_LETTERS = 8  # of a sentence that tells one source from the others


class Task(StrEnum):
    """What the tutor asks of a model."""

    ANSWER = "answer"
    REPAIR = "repair"
    JUDGE = "judge"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Card:
    """A numbered source of the prompt; `source` is its id, None where it is not a bundled one."""

    number: int
    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request: `rules` is the system message, `sentence` what is to be repaired or judged."""

    task: Task
    language: Language
    rules: str
    text: str
    cards: tuple[Card, ...]
    sentence: str = ""

    @property
    def code(self) -> str:
        """The line that encloses the data."""
        found = _CODE_LINE.search(self.text)
        return found.group() if found else ""


class CardReader:
    """Tells which bundled source a card shows, by the sentences on it."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sentences = {source.id: _sentences(source) for source in sources}

    def read(self, messages: Sequence[BaseMessage]) -> Prompt:
        """The request that `messages` make."""
        rules, text = str(messages[0].text), str(messages[-1].text)
        sentence = _SENTENCE.search(text)
        return Prompt(
            _task(text),
            Language.CHINESE if _SOURCES.search(text) and "【资料】" in text else Language.ENGLISH,
            rules,
            text,
            tuple(self._cards(text)),
            sentence[1] if sentence else "",
        )

    def _cards(self, text: str) -> Iterable[Card]:
        opening = _SOURCES.search(text)
        if opening is None:
            return
        end = next((m.start() for m in _CODE_LINE.finditer(text, opening.end())), len(text))
        body = text[opening.end() : end]
        starts = [*_CARD.finditer(body)]
        ends = [*(start.start() for start in starts[1:]), len(body)]
        for start, stop in zip(starts, ends, strict=True):
            card = body[start.start() : stop].strip()
            yield Card(int(start[1]), card, self._source(card))

    def _source(self, card: str) -> str | None:
        words = letters(card)
        scores = {
            source: sum(len(sentence) for sentence in sentences if sentence in words)
            for source, sentences in self._sentences.items()
        }
        best = max(scores, key=scores.__getitem__, default=None)
        return best if best is not None and scores[best] else None


def letters(text: str) -> str:
    """The letters and digits of `text` in lower case."""
    return re.sub(r"[\W_]", "", text.casefold())


def _task(text: str) -> Task:
    if _READING.search(text):
        return Task.READ
    if not _SENTENCE.search(text):
        return Task.ANSWER
    return Task.REPAIR if _PROBLEM.search(text) else Task.JUDGE


def _sentences(source: Source) -> frozenset[str]:
    said = [
        text.body[start:end] for text in source.texts for start, end in sentence_spans(text.body)
    ]
    if isinstance(source, Perspective):
        views = [position.says for position in source.positions if position.says]
        said += [words for view in views for words in (view.zh, view.en)]
    if isinstance(source, Course):
        said += [f"{source.title.zh} / {source.title.en}｜", f"{source.title.en} | Provider"]
    return frozenset(words for each in said if len(words := letters(each)) >= _LEAST_LETTERS)
