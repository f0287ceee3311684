"""A tutor that waits where a test wants it to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace

from tests.api.scripted_tutor import events_of
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Event
from tutor.understanding import Wishes


@dataclass
class SlowTutor:
    """Gives `after` events of `answer`, then waits for `go_on`, then raises `error` or goes on.

    `waiting` is set while it waits, `broken_off` once it was cancelled there.
    """

    answer: Answer
    after: int = 2
    error: Exception | None = None
    waiting: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    broken_off: threading.Event = field(default_factory=threading.Event)

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        for number, event in enumerate(events_of(replace(self.answer, question=question))):
            if number == self.after:
                await self._wait()
                if self.error is not None:
                    raise self.error
            yield event

    async def _wait(self) -> None:
        self.waiting.set()
        try:
            while not self.go_on.is_set():  # noqa: ASYNC110 - set by another thread
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.broken_off.set()
            raise
