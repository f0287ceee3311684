"""The journey of a question, from its words to a checked answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Course, Kind
from tutor.answer import Answer, CheckReport, Citation, Sentence
from tutor.check import Checker, Verdict
from tutor.citations import CitationBook
from tutor.composer import Composer
from tutor.drafts import Draft
from tutor.events import (
    Done,
    Event,
    LearnerUnderstood,
    SourcesFound,
    Trace,
    sentence_events,
)
from tutor.evidence import Evidence, evidence, in_own_words, names_nothing_else, probability
from tutor.examples import Examples, Likeness
from tutor.follow_ups import abstention, follow_ups
from tutor.layout import lay_out, number_in_reading_order
from tutor.material import Material, gather
from tutor.named import NOBODY, named_in
from tutor.overview import course_advice, stance_groups
from tutor.question import readable_question
from tutor.reading import readings
from tutor.retrieval import Retrieved, retrieve
from tutor.steps import in_order
from tutor.topics import asked_topics
from tutor.understanding import Understanding, Wishes, understand, with_likely_goal

ANSWERED_FROM = 0.37  # probability that the sources cover the question
# The same, when the question names one of the sources, or a topic and nothing unknown.
ANSWERED_FROM_IF_NAMED = 0.12

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Written:
    """An answer's drafts after the check, with the citations they use."""

    drafts: tuple[Draft, ...]
    citations: tuple[Citation, ...]
    verdicts: tuple[tuple[Draft, Verdict], ...]

    @property
    def dropped(self) -> int:
        """How many drafts the check kept back."""
        return sum(not verdict.supported for _, verdict in self.verdicts)


class Tutor:
    """Answers questions from an index. One instance serves many questions at a time.

    Embedding and search run in a small pool of threads; `close` ends it.
    """

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        examples: Examples,
        *,
        today: Callable[[], date] = date.today,
        threads: int = 2,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._examples = examples
        self._today = today
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="tutor")

    def close(self) -> None:
        """Wait for running work and end the threads."""
        self._pool.shutdown()

    async def answer(self, question: str, wishes: Wishes | None = None) -> Answer:
        """The whole answer to `question`; raises what `ask` raises."""
        async for event in self.ask(question, wishes):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("ask always ends with Done")

    async def ask(self, question: str, wishes: Wishes | None = None) -> AsyncIterator[Event]:
        """Answer `question`; what the learner set in `wishes` wins over what the words tell.

        Raises UsageError for an empty or overlong question and StoreError when the index fails.
        """
        clock = _Clock()
        question = readable_question(question)
        understanding = await self._run(understand, question, wishes)
        retrieved = await self._run(retrieve, self._index, self._embedder, question)
        clock.lap("retrieve")
        likeness = self._examples.likeness(retrieved.vector)
        understanding = with_likely_goal(understanding, likeness.goals)
        yield LearnerUnderstood(understanding.learner)
        named = await self._run(named_in, self._index, understanding.text)
        names_source = named != NOBODY
        measured = evidence(understanding, retrieved, likeness, names_source=names_source)
        covered = probability(measured)
        needed = ANSWERED_FROM
        if names_source or names_nothing_else(understanding):
            needed = ANSWERED_FROM_IF_NAMED
        answerable = covered >= needed
        topics = asked_topics(understanding, likeness, asks_of_source=names_source)
        material = await self._run(
            gather, self._index, understanding, named, topics if answerable else (), retrieved
        )
        clock.lap("select")
        written = None
        if answerable or in_own_words(understanding.text, retrieved):
            written = await self._run(self._write, material)
        clock.lap("write")
        answer = self._answer(understanding, material, written, likeness, clock)
        yield SourcesFound(readings(material) if written else ())
        for event in sentence_events(answer.sentences, answer.citations):
            yield event
        yield Done(answer, _trace(retrieved, measured, covered, material, written))

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)

    def _write(self, material: Material) -> _Written:
        """Compose, check every sentence, and keep what is supported."""
        book = CitationBook(material.learner.language, self._embedder, self._today())
        composer = Composer(material, book)
        drafts = list(composer.drafts())
        sources = {s.id: s for s in self._index.sources({c.source_id for c in book.citations})}
        courses = [c for c in self._index.sources(kind=Kind.COURSE) if isinstance(c, Course)]
        checker = Checker(book.citations, sources, courses, self._embedder)
        verdicts = tuple(zip(drafts, checker.check(drafts), strict=True))
        kept = in_order([draft for draft, verdict in verdicts if verdict.supported])
        numbered, citations = number_in_reading_order(kept, book.citations)
        closing = composer.closing(citations)
        return _Written((*numbered, *closing), citations, verdicts)

    def _answer(
        self,
        understanding: Understanding,
        material: Material,
        written: _Written | None,
        likeness: Likeness,
        clock: _Clock,
    ) -> Answer:
        language = understanding.language
        if written is None:
            answer = abstention(understanding, likeness)
            return replace(answer, timings_ms=clock.timings())
        sentences = tuple(
            Sentence(draft.text, draft.citations, draft.kind, draft.section, draft.topic)
            for draft in written.drafts
        )
        return Answer(
            question=understanding.question,
            text=lay_out(sentences, language),
            language=language,
            abstained=False,
            learner=understanding.learner,
            sentences=sentences,
            citations=written.citations,
            positions=stance_groups(material, written.drafts, written.citations),
            one_sided=tuple(topic.topic for topic in material.topics if topic.one_sided),
            courses=course_advice(material, written.citations, language),
            follow_ups=follow_ups(understanding, material, likeness),
            check=CheckReport(
                sentences=len(written.drafts) + written.dropped,
                supported=len(written.drafts),
                dropped=written.dropped,
            ),
            timings_ms=clock.timings(),
        )


class _Clock:
    """Milliseconds between the laps of one answer."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 1)
        self._last = now

    def timings(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1000, 1)}


def _trace(
    retrieved: Retrieved,
    measured: Evidence,
    covered: float,
    material: Material,
    written: _Written | None,
) -> Trace:
    verdicts = written.verdicts if written else ()
    return Trace(
        candidates=(*retrieved.perspectives, *retrieved.courses),
        evidence=measured,
        probability=covered,
        decisions=tuple(d for topic in material.topics for d in topic.decisions),
        dropped=tuple(
            (draft.text, tuple(problem.value for problem in verdict.problems))
            for draft, verdict in verdicts
            if not verdict.supported
        ),
    )
