"""What a chat keeps: the local user's profile and the conversation that is open."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from api.chat_learner_file import (
    FILE,
    forget_learner_id,
    keep_learner_id,
    read_learner_id,
)
from api.plan_keeping import keep_study
from corpus.errors import UsageError
from corpus.types import Bilingual, Language
from tutor.answer import Answer
from tutor.conversation import Conversation
from tutor.learner import Learner
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.records import ConversationExport, ConversationHead, Lease
from tutor.planning.progress import StudyProgress

if TYPE_CHECKING:
    from tutor.memory.store import ConversationStore

T = TypeVar("T")

_WAIT_SECONDS = 5.0  # for another chat that is being answered in the same conversation
_NOTHING_SAID = Bilingual(
    zh="这次对话还没有内容。先问一个问题，或用 /resume 打开以前的对话。",
    en="Nothing has been said in this conversation yet. Ask something, or open an earlier one "
    "with /resume.",
)


class ChatMemory:
    """The local user in the conversation store; every method raises ConversationError.

    Nobody is entered in the store before there is something to keep.
    """

    def __init__(self, store: ConversationStore, directory: Path) -> None:
        self._store = store
        self._directory = directory
        self._conversation_id: str | None = None
        with _file_errors(directory):
            self._owner = read_learner_id(directory)

    async def learner(self) -> Learner | None:
        """What is known of the user, None where nothing is."""
        return await self._store.learner(self._owner) if self._owner else None

    async def set_learner(self, learner: Learner) -> None:
        """Sets the profile as the user wants it."""
        try:
            await self._store.set_learner(self._owner or await self._new_owner(), learner)
        except ConversationNotFoundError:
            await self._store.set_learner(await self._new_owner(), learner)

    async def begin_turn(
        self, stack: AsyncExitStack, language: Language
    ) -> tuple[Lease, Conversation]:
        """The right to answer until `stack` closes, and what was said before.

        A conversation that was erased meanwhile is begun anew.
        """
        try:
            return await self._leased(stack, language)
        except ConversationNotFoundError:
            self.start_new()
            with _file_errors(self._directory):
                self._owner = read_learner_id(self._directory)
            return await self._leased(stack, language)

    async def keep_turn(
        self, lease: Lease, question: str, answer: Answer, before: StudyProgress | None
    ) -> Bilingual | None:
        """Stores a turn with what it holds of a plan, and gives what to tell of that; `before` is
        the plan so far. Ctrl-C does not leave it open whether that has happened."""
        await _to_its_end(self._store.add_turn(lease, question, answer))
        return await _to_its_end(keep_study(self._store, lease.owner, answer, before))

    async def plan(self) -> StudyProgress | None:
        """The plan that the user keeps, None where there is none."""
        return await self._store.plan(self._owner) if self._owner else None

    def start_new(self) -> None:
        """The next turn begins a conversation of its own."""
        self._conversation_id = None

    async def conversations(self) -> list[ConversationHead]:
        """Earlier conversations, the one with the newest turn first."""
        if self._owner is None:
            return []
        return [head for head in await self._store.conversations(self._owner) if head.turns]

    async def resume(self, head: ConversationHead) -> list[Answer]:
        """Goes on with a conversation and gives its answers, those that can be read."""
        messages = await self._store.messages(self._owner or "", head.id)
        self._conversation_id = head.id
        return [message.answer for message in messages if message.answer]

    async def export(self) -> ConversationExport:
        """Everything about the open conversation; UsageError where nothing was said in it."""
        if self._owner is None or self._conversation_id is None:
            raise UsageError(_NOTHING_SAID)
        return await self._store.export(self._owner, self._conversation_id)

    async def forget(self) -> None:
        """Erases profile and conversations."""
        if self._owner is not None:
            await _to_its_end(self._store.forget(self._owner))
        self._owner = None
        self.start_new()
        with _file_errors(self._directory):
            forget_learner_id(self._directory)

    async def _leased(
        self, stack: AsyncExitStack, language: Language
    ) -> tuple[Lease, Conversation]:
        if self._conversation_id is None:
            self._conversation_id = await self._new_conversation(language)
        owner, id = self._owner or "", self._conversation_id
        lease = await stack.enter_async_context(self._store.lease(owner, id, wait=_WAIT_SECONDS))
        kept = await self._store.load(owner, id)
        return lease, replace(kept, progress=await self._store.plan(owner))

    async def _new_conversation(self, language: Language) -> str:
        owner = self._owner or await self._new_owner()
        try:
            return await self._store.new_conversation(owner, language)
        except ConversationNotFoundError:  # the database is another one than before
            return await self._store.new_conversation(await self._new_owner(), language)

    async def _new_owner(self) -> str:
        made = await self._store.new_learner()
        with _file_errors(self._directory):
            self._owner = keep_learner_id(self._directory, made, instead_of=self._owner)
        return self._owner


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which goes on to its end whoever cancels the task that waits."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    return task.result()


@contextmanager
def _file_errors(directory: Path) -> Iterator[None]:
    """Turns what the system says about the user's file into ConversationError."""
    try:
        yield
    except OSError as error:
        from tutor.memory.failures import not_permitted

        raise not_permitted(str(directory / FILE), error.strerror or str(error)) from error
