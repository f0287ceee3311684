"""Asking in a conversation, the same way through every door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, Self

from api.errors import answer_timeout, shutting_down, told_outside, too_busy
from api.metrics import AnswerWatch, watched_answer
from api.plan_keeping import keep_study
from api.server_log import log_question
from corpus.errors import ConversationError, XianhouError
from corpus.types import Bilingual
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Done, Event, Notice
from tutor.understanding import Wishes

if TYPE_CHECKING:
    from tutor.memory.records import Lease
    from tutor.memory.store import ConversationStore
    from tutor.planning.progress import StudyProgress

_NOT_KEPT: Final = Bilingual(
    zh="这一轮没能保存：{reason}",
    en="This turn could not be kept: {reason}",
)


class Asked(Protocol):
    """The part of the tutor that a door needs."""

    def ask(
        self, question: str, wishes: Wishes | None = None, conversation: Conversation = ...
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation that a question belongs to, and the learner whose it is."""

    owner: str
    conversation_id: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it came through a door.

    In a `place` it goes on with that conversation, and the turn is kept there; without one nothing
    is kept. `conversation` is what the caller says went before; turns that were kept win over it.
    """

    question: str
    wishes: Wishes | None = None
    place: Place | None = None
    conversation: Conversation = NEW_CONVERSATION


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The last event: `message_id` names the kept answer, None where nothing was kept."""

    conversation_id: str | None
    message_id: str | None
    answer: Answer


TurnEvent = Event | TurnEnded


class Answering:
    """An answer that is being written; an `async with` block breaks it off when left early."""

    def __init__(self, task: asyncio.Task[None], queue: asyncio.Queue[TurnEvent | _Failed]) -> None:
        """For `AnswerDesk.begin`."""
        self._task = task
        self._queue = queue
        self._first: TurnEvent | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def __aiter__(self) -> AsyncGenerator[TurnEvent]:
        """Each event once, a `TurnEnded` last.

        Raises AnswerTimeoutError, ShuttingDownError, and what `Tutor.ask` raises.
        """
        while not isinstance(event := await self._take(), TurnEnded):
            yield event
        yield event

    async def begun(self) -> None:
        """Waits for the first event; raises what keeps the question from being answered at all."""
        self._first = await self._take()

    async def close(self) -> None:
        """Breaks the answer off, unless it is finished."""
        if not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _take(self) -> TurnEvent:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        event = await self._queue.get()
        if isinstance(event, _Failed):
            raise event.error
        return event


class AnswerDesk:
    """Answers questions from all doors of one process.

    At most `places` are being answered at once, each for at most `seconds`. Once draining has
    begun nothing more is taken, and what is not done after the time given to it is broken off.
    """

    def __init__(
        self,
        tutor: Asked,
        store: ConversationStore,
        *,
        places: int = 256,
        seconds: float = 180.0,
        log_questions: bool = False,
    ) -> None:
        self._tutor = tutor
        self._store = store
        self._places = places
        self._seconds = seconds
        self._log_questions = log_questions
        self._running: set[asyncio.Task[None]] = set()
        self._broken_off = False
        self._draining = False

    @property
    def answering(self) -> int:
        """How many questions are being answered."""
        return len(self._running)

    @property
    def draining(self) -> bool:
        """Whether no more questions are taken."""
        return self._draining

    async def begin(self, asking: Asking) -> Answering:
        """Begins an answer and waits for its first event.

        It is written, and kept, however slowly its events are taken. Raises TooBusyError,
        ShuttingDownError, ConversationBusyError, ConversationNotFoundError, AnswerTimeoutError,
        and what `Tutor.ask` raises.
        """
        if self._draining:
            raise shutting_down()
        if len(self._running) >= self._places:
            raise too_busy()
        queue: asyncio.Queue[TurnEvent | _Failed] = asyncio.Queue()
        task = asyncio.create_task(self._answer_into(queue, asking))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        answering = Answering(task, queue)
        try:
            await answering.begun()
        except BaseException:
            await answering.close()
            raise
        return answering

    def begin_draining(self, seconds: float) -> None:
        """Takes no more questions; breaks off after `seconds` what is not answered by then."""
        if not self._draining:
            self._draining = True
            asyncio.get_running_loop().call_later(seconds, self._break_off)

    async def drained(self) -> None:
        """Waits until nothing is being answered."""
        while self._running:
            await asyncio.wait(set(self._running))

    def _break_off(self) -> None:
        self._broken_off = True
        for task in self._running:
            task.cancel()

    async def _answer_into(self, queue: asyncio.Queue[TurnEvent | _Failed], asking: Asking) -> None:
        if self._log_questions:
            log_question(asking.question)
        with watched_answer() as watch:
            try:
                await self._answer_in_time(queue, asking, watch)
            except asyncio.CancelledError:
                watch.outcome = "left"
                # Whoever left does not read this; whoever is left when the server stops does.
                queue.put_nowait(_Failed(shutting_down()))
                if not self._broken_off:
                    raise
            except Exception as error:  # noqa: BLE001 - raised again where the events are taken
                watch.outcome = "refused" if isinstance(error, XianhouError) else "failed"
                queue.put_nowait(_Failed(error))

    async def _answer_in_time(
        self, queue: asyncio.Queue[TurnEvent | _Failed], asking: Asking, watch: AnswerWatch
    ) -> None:
        try:
            async with asyncio.timeout(self._seconds) as clock:
                async for event in self._turn(asking):
                    watch.event()
                    queue.put_nowait(event)
                    if isinstance(event, Done):
                        # What is written is kept, even where that takes its time.
                        clock.reschedule(None)
                    elif isinstance(event, TurnEnded):
                        watch.outcome = "abstained" if event.answer.abstained else "answered"
        except TimeoutError as error:
            if not clock.expired():
                raise
            raise answer_timeout(self._seconds) from error

    async def _turn(self, asking: Asking) -> AsyncGenerator[TurnEvent]:
        ending: list[TurnEvent] = []
        async with AsyncExitStack() as stack:
            lease, before = await self._begun(stack, asking)
            events = self._tutor.ask(asking.question, asking.wishes, before)
            async with aclosing(events):
                async for event in events:
                    yield event
                    if isinstance(event, Done):
                        ending = await self._ended(asking, lease, event.answer, before.progress)
        # Whoever has the whole answer may ask on at once: the conversation is free by now.
        for last in ending:
            yield last

    async def _ended(
        self,
        asking: Asking,
        lease: Lease | None,
        answer: Answer,
        progress: StudyProgress | None,
    ) -> list[TurnEvent]:
        """Keeps the turn and the plan, and tells of it."""
        told: list[TurnEvent] = []
        message_id = None
        if lease is not None:
            try:
                message_id = (await self._store.add_turn(lease, asking.question, answer)).answer_id
                if kept := await keep_study(self._store, lease.owner, answer, progress):
                    told.append(Notice(kept))
            except ConversationError as error:
                told.append(_not_kept(error) if message_id is None else Notice(told_outside(error)))
        place = asking.place.conversation_id if asking.place else None
        return [*told, TurnEnded(place, message_id, answer)]

    async def _begun(
        self, stack: AsyncExitStack, asking: Asking
    ) -> tuple[Lease | None, Conversation]:
        if asking.place is None:
            return None, asking.conversation
        owner, id = asking.place.owner, asking.place.conversation_id
        lease = await stack.enter_async_context(self._store.lease(owner, id))
        kept = await self._store.load(owner, id)
        progress = await self._store.plan(owner)
        if kept.turns:
            return lease, replace(kept, progress=progress)
        # A client may tell of a conversation that began before it could be named.
        told = asking.conversation
        return lease, replace(told, learner=kept.learner or told.learner, progress=progress)


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


def _not_kept(error: ConversationError) -> Notice:
    reason = told_outside(error)
    return Notice(
        Bilingual(
            zh=_NOT_KEPT.zh.format(reason=reason.zh), en=_NOT_KEPT.en.format(reason=reason.en)
        )
    )
