"""One person's chat with the tutor: asking, and what of it is remembered."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from typing import Protocol

from api.chat_answer_view import below_chat_answer
from api.chat_memory import ChatMemory
from api.stream_answer import AnswerStream, show_answer
from corpus.errors import ConversationBusyError, ConversationError
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation, Turn
from tutor.events import Done, Event, LearnerUnderstood, Trace
from tutor.learner import Learner
from tutor.memory.records import ConversationHead, Lease
from tutor.understanding import Wishes


class Asked(Protocol):
    """The part of the tutor that a chat needs."""

    def ask(
        self, question: str, wishes: Wishes | None = None, conversation: Conversation = ...
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The newest answer to a question; the trace of an earlier session's is not known."""

    answer: Answer
    trace: Trace | None


def says_something(answer: Answer) -> bool:
    """Whether there is something to explain or to ask again: not for a reply to thanks."""
    return answer.abstained or bool(answer.citations)


class ChatSession:
    """Asks `tutor` within the conversation of `memory`.

    `wished` is the language to answer in, None for that of each question. `language` is the one to
    speak in: the wished one, or that of the last answer, or `spoken` before it. `plan_news` tells
    what the last question has changed of the plan that the user keeps.
    """

    def __init__(
        self, tutor: Asked, memory: ChatMemory, *, wished: Language | None, spoken: Language
    ) -> None:
        self.memory = memory
        self.language = wished or spoken
        self.last: LastAnswer | None = None
        self.plan_news: Bilingual | None = None
        self._tutor = tutor
        self._wished = wished
        self._so_far = NEW_CONVERSATION
        self._gap = False  # a turn of this conversation could not be kept
        self._changed: tuple[str, ...] = ()

    async def ask(
        self, question: str, stream: AnswerStream, *, goal: Goal | None = None
    ) -> ConversationError | None:
        """Answers on `stream` and keeps the turn; gives why it was not kept, if it was not.

        `goal` wins over what the question says. A question that is cancelled or fails leaves
        nothing behind. Raises ConversationBusyError and what `Tutor.ask` raises.
        """
        wishes = Wishes(goal=goal, language=self._wished)
        self.plan_news = None
        async with AsyncExitStack() as stack:
            lease, failure = await self._begin(stack)
            events = self._tutor.ask(question, wishes, self._so_far)
            done = await show_answer(self._watched(events), stream)
            stream.finish(tuple(below_chat_answer(done.answer, self._changed)))
            if lease is not None:
                failure = await self._keep(lease, question, done.answer)
        self._gap = self._gap or failure is not None
        self._remember(question, done)
        return failure

    def start_new(self) -> None:
        """Forgets what was said, not who the learner is."""
        self.memory.start_new()
        self._so_far = Conversation(learner=self._so_far.learner)
        self.last, self._gap = None, False

    async def resume(self, head: ConversationHead) -> None:
        """Goes on with an earlier conversation."""
        self.start_new()
        for answer in await self.memory.resume(head):
            self.language = self._wished or answer.language
            if says_something(answer):
                self.last = LastAnswer(answer, None)

    async def set_learner(self, learner: Learner) -> None:
        """Sets the profile as the learner wants it; raises ConversationError."""
        await self.memory.set_learner(learner)
        self._so_far = replace(self._so_far, learner=learner)

    async def forget(self) -> None:
        """Erases everything about the learner."""
        await self.memory.forget()
        self._so_far, self.last, self._gap = NEW_CONVERSATION, None, False

    async def _begin(self, stack: AsyncExitStack) -> tuple[Lease | None, ConversationError | None]:
        try:
            lease, kept = await self.memory.begin_turn(stack, self.language)
        except ConversationBusyError:
            raise
        except ConversationError as error:
            return None, error
        if not self._gap:
            self._so_far = kept
        else:
            self._so_far = replace(self._so_far, progress=kept.progress)
        return lease, None

    async def _keep(self, lease: Lease, question: str, answer: Answer) -> ConversationError | None:
        before = self._so_far.progress
        try:
            self.plan_news = await self.memory.keep_turn(lease, question, answer, before)
        except ConversationError as error:
            return error
        return None

    async def _watched(self, events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, LearnerUnderstood):
                    self._changed = event.changed
                yield event

    def _remember(self, question: str, done: Done) -> None:
        answer = done.answer
        turn = Turn(
            question, answer.asked or question, answer.text, answer.topics, answer.abstained
        )
        turns = (*self._so_far.turns, turn)
        self._so_far = replace(self._so_far, turns=turns, learner=answer.learner)
        if says_something(answer):
            self.last = LastAnswer(answer, done.trace)
        self.language = self._wished or answer.language
