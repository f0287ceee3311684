"""A tutor that gives out the events that a test wrote down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, fields, replace

from corpus.types import Bilingual, Kind
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import (
    Done,
    Event,
    LearnerUnderstood,
    Reading,
    SentenceReady,
    SourcesFound,
    Trace,
)
from tutor.evidence import Evidence
from tutor.understanding import Wishes

READING = Reading("a", Kind.PERSPECTIVE, "王一", "zhihu", Bilingual("题", "t"), "https://x", None)


def empty_trace(*dropped: tuple[str, tuple[str, ...]]) -> Trace:
    """A trace that tells only what was dropped."""
    return Trace((), Evidence(*[0.0] * len(fields(Evidence))), 1.0, (), dropped)


def events_of(answer: Answer, changed: tuple[str, ...] = ()) -> list[Event]:
    """What happens while `answer` is given."""
    ready = [SentenceReady(sentence, ()) for sentence in answer.sentences]
    understood = LearnerUnderstood(answer.learner, answer.question, changed)
    return [understood, SourcesFound((READING,)), *ready, Done(answer, empty_trace())]


async def played(
    events: Sequence[Event], after_each: Callable[[], object] = lambda: None
) -> AsyncGenerator[Event]:
    """`events`, with `after_each` called once each has been taken."""
    for event in events:
        yield event
        after_each()


async def stopped(events: Sequence[Event]) -> AsyncGenerator[Event]:
    """`events`, then what Ctrl-C makes of the rest."""
    for event in events:
        yield event
    raise asyncio.CancelledError


@dataclass
class ScriptedTutor:
    """Answers every question with `answer`; `before` is called first and may fail."""

    answer: Answer
    changed: tuple[str, ...] = ()
    before: Callable[[], object] = lambda: None
    asked: list[tuple[str, Wishes | None, Conversation]] = field(default_factory=list)

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        self.asked.append((question, wishes, conversation))
        self.before()
        for event in events_of(replace(self.answer, question=question), self.changed):
            yield event
