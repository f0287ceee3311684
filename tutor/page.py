"""An answer while it is being written: its sentences so far, numbered and set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.types import Language
from tutor.answer import Citation, Sentence
from tutor.citations import CitationBook
from tutor.drafts import Draft
from tutor.events import SentenceReady
from tutor.layout import ReadingOrder, lay_out, separator
from tutor.planning.types import Plan, PlanStep


class Page:
    """Takes checked drafts in printing order and gives each out as a sentence of the answer."""

    def __init__(self, language: Language, book: CitationBook) -> None:
        self._language = language
        self._book = book
        self._order = ReadingOrder()
        self._sentences: list[Sentence] = []
        self._drafts: list[Draft] = []

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What has been given out, in the order of printing."""
        return tuple(self._sentences)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The drafts of `sentences`, under the numbers that the reader sees."""
        return tuple(self._drafts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations that the sentences use; `citations[n - 1].number == n`."""
        return self._order.printed(self._book.citations)

    @property
    def text(self) -> str:
        """The answer so far as Markdown."""
        return lay_out(self._sentences)

    def numbered(self, plan: Plan) -> Plan:
        """`plan` under the numbers that the reader sees, once everything is printed.

        Sources that stand in the plan alone are numbered after those of the text.
        """
        weeks = tuple(
            replace(week, steps=tuple(map(self._step, week.steps))) for week in plan.weeks
        )
        left_out = tuple(
            replace(left, citations=self._order.numbers(left.citations)) for left in plan.left_out
        )
        return replace(plan, weeks=weeks, left_out=left_out, citations=self.citations)

    def _step(self, step: PlanStep) -> PlanStep:
        return replace(step, citations=self._order.numbers(step.citations))

    def add(self, draft: Draft, before: str | None = None) -> SentenceReady:
        """Print `draft`, after `before` or what its section asks for."""
        known = len(self.citations)
        numbered = self._order.renumber(draft)
        if before is None:
            before = separator(self._sentences, numbered, self._language)
        sentence = Sentence(
            numbered.text,
            numbered.citations,
            numbered.kind,
            numbered.section,
            numbered.topic,
            before,
        )
        self._drafts.append(numbered)
        self._sentences.append(sentence)
        return SentenceReady(sentence, self.citations[known:])

    def add_all(self, drafts: Iterable[Draft]) -> Iterator[SentenceReady]:
        """Print several drafts one after the other."""
        for draft in drafts:
            yield self.add(draft)
