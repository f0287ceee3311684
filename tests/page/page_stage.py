"""The server that the page is tried against: the real application around a tutor of the tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace

from page_answers import an_answer, shelf_sources

from api.plan_desk import PlanOrder
from corpus.types import Language, Source
from tests.api.scripted_tutor import READING, empty_trace
from tests.http.scripted_planning import ScriptedDrawing
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Done, Event, LearnerUnderstood, SentenceReady, SourcesFound
from tutor.learner import Known, Learner
from tutor.planning.types import Plan
from tutor.understanding import Wishes


@dataclass
class Shelf:
    """The part of the index that the page reads sources from."""

    held: dict[str, Source] = field(default_factory=shelf_sources)

    def source(self, id: str) -> Source | None:
        """See `corpus.index.Index.source`."""
        return self.held.get(id)

    def text(self, id: str, language: Language, verbatim: bool) -> str | None:
        """See `corpus.index.Index.text`."""
        texts = self.held[id].texts
        found = (t.body for t in texts if (t.language, t.verbatim) == (language, verbatim))
        return next(found, None)

    def who_names(self, course_id: str) -> list[str]:
        """See `corpus.index.Index.who_names`."""
        return []


@dataclass
class StagedTutor:
    """Gives `answer`, for the learner's wishes; waits for `go_on` before its event `pause_before`.

    Raises `error` there where one is set. `waiting` is set while it waits and `left` once it was
    broken off.
    """

    answer: Answer = field(default_factory=an_answer)
    pause_before: int | None = None
    error: Exception | None = None
    asked: list[tuple[str, Wishes]] = field(default_factory=list)
    waiting: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        self.asked.append((question, wishes or Wishes()))
        answer = replace(
            self.answer, question=question, learner=_for(self.answer.learner, wishes or Wishes())
        )
        for number, event in enumerate(_events(answer)):
            if number == self.pause_before:
                await self._pause()
            yield event

    async def _pause(self) -> None:
        self.waiting.set()
        try:
            while not self.go_on.is_set():  # noqa: ASYNC110 - set by another thread
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.left.set()
            raise
        if self.error is not None:
            raise self.error


@dataclass
class Stage:
    """Whoever answers and draws plans at present; each test puts its own here."""

    tutor: StagedTutor = field(default_factory=StagedTutor)
    drawing: ScriptedDrawing = field(default_factory=ScriptedDrawing)

    def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        return self.tutor.ask(question, wishes, conversation)

    def draw(self, order: PlanOrder) -> Plan:
        """See `api.plan_desk.Draw`."""
        return self.drawing(order)


def _events(answer: Answer) -> list[Event]:
    known: set[int] = set()
    ready: list[Event] = []
    for sentence in answer.sentences:
        fresh = [each for each in answer.citations if each.number in sentence.citations]
        ready.append(SentenceReady(sentence, tuple(c for c in fresh if c.number not in known)))
        known.update(sentence.citations)
    understood = LearnerUnderstood(answer.learner, answer.asked or answer.question)
    return [understood, SourcesFound((READING,)), *ready, Done(answer, empty_trace())]


def _for(learner: Learner, wishes: Wishes) -> Learner:
    if wishes.goal is not None:
        learner = replace(learner, goal=wishes.goal, goal_known=Known.STATED, goal_words="")
    return replace(
        learner,
        direction=wishes.direction or learner.direction,
        weeks=wishes.weeks,
        hours_per_week=wishes.hours_per_week,
    )
