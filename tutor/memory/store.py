"""Conversations, learners and feedback, each bound to its owner."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

from corpus.types import Language
from tutor.answer import Answer
from tutor.conversation import Conversation
from tutor.learner import Learner
from tutor.memory.conversations import list_conversations
from tutor.memory.database import Database
from tutor.memory.lease import LEASE_SECONDS, leased
from tutor.memory.names import (
    create_conversation_named,
    create_learner_named,
    name_digest,
    read_conversation_named,
    read_learner_named,
)
from tutor.memory.operations import (
    change_profile,
    create_conversation,
    erase_conversation,
    erase_learner,
    export_conversation,
    load_conversation,
    read_messages,
    read_profile,
    set_profile,
    store_feedback,
    store_turn,
)
from tutor.memory.plans import erase_plan, read_plan, store_plan, tick
from tutor.memory.profiles import add_learner, is_learner
from tutor.memory.records import (
    ConversationExport,
    ConversationHead,
    Feedback,
    FeedbackKind,
    Lease,
    Message,
    StoredTurn,
)
from tutor.planning.progress import StudyProgress
from tutor.planning.types import ModuleKey


class ConversationStore:
    """What is kept of conversations and learners; `tutor.memory.opening` opens it.

    One store serves any number of tasks of one event loop, and any number of processes may open
    the same database. All ids are made here and cannot be guessed. `owner` is the id of a learner:
    what belongs to another owner is as good as unknown (ConversationNotFoundError). Every method
    raises ConversationError when the database cannot be used, and has then changed nothing. A
    call whose task is cancelled may still do what it was asked for, wholly.
    """

    def __init__(self, database: Database, lease_seconds: float = LEASE_SECONDS) -> None:
        self._database = database
        self._lease_seconds = lease_seconds

    async def new_learner(self) -> str:
        """The id of a new learner. Whoever knows it is that learner: treat it as a secret."""
        id = _new_id()
        await self._database.write(add_learner, id, _now())
        return id

    async def is_learner(self, owner: str) -> bool:
        """Whether there is a learner of this id."""
        return await self._database.read(is_learner, owner)

    async def learner_named(self, namespace: str, name: str) -> str | None:
        """The id of the learner whom the system `namespace` calls `name`; None for nobody yet."""
        digest = name_digest(namespace, name)
        return await self._database.read(read_learner_named, namespace, digest)

    async def learner_for(self, namespace: str, name: str) -> str:
        """The same, of a new learner where there was none; all who ask at once get one id.

        The name itself is not kept. Whoever has been forgotten is new.
        """
        known = await self.learner_named(namespace, name)
        if known is not None:
            return known
        digest = name_digest(namespace, name)
        return await self._database.write(
            create_learner_named, namespace, digest, _new_id(), _now()
        )

    async def learner(self, owner: str) -> Learner | None:
        """The profile of `owner`; None where nothing is known, of an unknown owner too."""
        return await self._database.read(read_profile, owner)

    async def set_learner(self, owner: str, learner: Learner) -> None:
        """Sets the profile as the learner wants it; a turn under way does not overwrite it."""
        await self._database.write(set_profile, owner, learner, _now())

    async def change_learner(
        self, owner: str, change: Callable[[Learner | None], Learner]
    ) -> Learner:
        """Sets the profile to what `change` makes of it, and gives that; as `set_learner` does.

        Changes at the same time come one after the other, so that none is lost.
        """
        return await self._database.write(change_profile, owner, change, _now())

    async def forget(self, owner: str) -> None:
        """Erases the learner with everything said, read and remarked; unknown owners are fine.

        In SQLite the bytes are overwritten. PostgreSQL frees them at its next VACUUM, and
        backups are not touched.
        """
        await self._database.write(erase_learner, owner)
        await self._database.scrub()

    async def plan(self, owner: str) -> StudyProgress | None:
        """The study plan of `owner` and what of it is finished; None where there is none."""
        return await self._database.read(read_plan, owner)

    async def keep_plan(self, owner: str, progress: StudyProgress) -> StudyProgress:
        """Makes the plan of `progress` the one of `owner`, and gives it with what is finished.

        What was ticked before stays ticked, also what was ticked a moment ago elsewhere; what
        `progress` says of that is passed over. Raises ConversationNotFoundError when there is no
        such learner.
        """
        return await self._database.write(store_plan, owner, progress, _now())

    async def mark_done(
        self, owner: str, parts: Collection[ModuleKey], done: bool
    ) -> StudyProgress:
        """Ticks parts of the plan, or takes their ticks away: all of them or none.

        Raises PlanNotFoundError when there is no plan, or it has no such part.
        """
        return await self._database.write(tick, owner, parts, done, _now())

    async def drop_plan(self, owner: str) -> None:
        """Erases the plan of `owner` with everything that was ticked, if there is one."""
        await self._database.write(erase_plan, owner)
        await self._database.scrub()

    async def new_conversation(self, owner: str, language: Language) -> str:
        """The id of a new conversation without turns."""
        id = _new_id()
        await self._database.write(create_conversation, id, owner, language, _now())
        return id

    async def conversation_for(self, owner: str, name: str, language: Language) -> str:
        """The id of the conversation that another system calls `name`, among those of `owner`.

        It is made where there is none, in `language`; all who ask at once get one id. The name
        itself is not kept.
        """
        digest = name_digest(owner, name)
        known = await self._database.read(read_conversation_named, owner, digest)
        if known is not None:
            return known
        return await self._database.write(
            create_conversation_named, owner, digest, _new_id(), language, _now()
        )

    async def conversations(
        self, owner: str, *, limit: int = 50, before: str | None = None
    ) -> list[ConversationHead]:
        """Up to `limit` conversations, the one with the newest turn first.

        `before` is the `cursor` of the last one of the page before; UsageError where it is not.
        """
        return await self._database.read(list_conversations, owner, limit, before)

    async def load(self, owner: str, conversation_id: str) -> Conversation:
        """What the next answer needs: the last turns, what went before, and the learner."""
        return await self._database.read(load_conversation, owner, conversation_id)

    async def messages(self, owner: str, conversation_id: str) -> list[Message]:
        """Everything as it was said, oldest first; two messages a turn."""
        return await self._database.read(read_messages, owner, conversation_id)

    def lease(
        self, owner: str, conversation_id: str, *, wait: float = 0.0
    ) -> AbstractAsyncContextManager[Lease]:
        """The right to answer in a conversation, for an `async with` block around the answering.

        Raises ConversationBusyError when another turn is still being answered after `wait`
        seconds. A lease whose process died runs out by itself.
        """
        return leased(self._database, owner, conversation_id, self._lease_seconds, wait)

    async def add_turn(self, lease: Lease, question: str, answer: Answer) -> StoredTurn:
        """Stores question, answer and the learner's profile after it: all of it or nothing.

        `answer.learner` becomes the profile, unless the learner has set it since the lease began.
        Raises ConversationBusyError when the lease was lost.
        """
        ids = StoredTurn(_new_id(), _new_id())
        await self._database.write(store_turn, lease, ids, question, answer, _now())
        return ids

    async def delete(self, owner: str, conversation_id: str) -> None:
        """Erases a conversation with its feedback; the profile stays."""
        await self._database.write(erase_conversation, owner, conversation_id)
        await self._database.scrub()

    async def add_feedback(
        self,
        owner: str,
        conversation_id: str,
        message_id: str,
        kind: FeedbackKind,
        *,
        sentence: str | None = None,
        comment: str | None = None,
    ) -> None:
        """Adds what the learner says about the answer `message_id`, or one sentence of it."""
        feedback = Feedback(message_id, kind, sentence, comment, _now())
        await self._database.write(store_feedback, owner, conversation_id, feedback)

    async def export(self, owner: str, conversation_id: str) -> ConversationExport:
        """Everything that is stored about a conversation."""
        return await self._database.read(export_conversation, owner, conversation_id)


def _new_id() -> str:
    return secrets.token_hex(16)


def _now() -> datetime:
    return datetime.now(UTC)
