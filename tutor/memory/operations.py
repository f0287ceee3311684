"""What one call of the store does, each within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.types import Language
from tutor.answer import Answer
from tutor.conversation import Conversation
from tutor.learner import Learner
from tutor.memory.conversations import add_conversation, require_conversation
from tutor.memory.feedback import add_feedback, all_feedback
from tutor.memory.profiles import (
    add_profile,
    add_profile_of_turn,
    hold_learner,
    newest_profile,
    require_learner,
)
from tutor.memory.records import ConversationExport, Feedback, Lease, Message, StoredTurn
from tutor.memory.tables import CONVERSATIONS, LEARNERS
from tutor.memory.turns import add_turn, all_messages, recent_turns, summary_of_earlier


async def read_profile(connection: AsyncConnection, owner: str) -> Learner | None:
    """The profile of `owner`, None where there is none."""
    return (await newest_profile(connection, owner))[1]


async def set_profile(
    connection: AsyncConnection, owner: str, learner: Learner, now: datetime
) -> None:
    """Adds a profile that the learner has set."""
    await require_learner(connection, owner)
    await add_profile(connection, owner, learner, now, set_by_learner=True)


async def change_profile(
    connection: AsyncConnection,
    owner: str,
    change: Callable[[Learner | None], Learner],
    now: datetime,
) -> Learner:
    """Adds what `change` makes of the newest profile; no other change comes between."""
    await hold_learner(connection, owner)
    learner = change(await read_profile(connection, owner))
    await add_profile(connection, owner, learner, now, set_by_learner=True)
    return learner


async def erase_learner(connection: AsyncConnection, owner: str) -> None:
    """Erases a learner and, by its foreign keys, everything that belongs to them."""
    await connection.execute(delete(LEARNERS).where(LEARNERS.c.id == owner))


async def create_conversation(
    connection: AsyncConnection, id: str, owner: str, language: Language, now: datetime
) -> None:
    """Adds a conversation without turns."""
    await require_learner(connection, owner)
    await add_conversation(connection, id, owner, language, now)


async def erase_conversation(connection: AsyncConnection, owner: str, conversation_id: str) -> None:
    """Erases a conversation with its turns and their feedback."""
    await require_conversation(connection, owner, conversation_id)
    await connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id))


async def load_conversation(
    connection: AsyncConnection, owner: str, conversation_id: str
) -> Conversation:
    """What the next answer needs."""
    await require_conversation(connection, owner, conversation_id)
    return Conversation(
        tuple(await recent_turns(connection, conversation_id)),
        await read_profile(connection, owner),
        await summary_of_earlier(connection, conversation_id),
    )


async def read_messages(
    connection: AsyncConnection, owner: str, conversation_id: str
) -> list[Message]:
    """Everything as it was said."""
    await require_conversation(connection, owner, conversation_id)
    return await all_messages(connection, conversation_id)


async def store_turn(
    connection: AsyncConnection,
    lease: Lease,
    ids: StoredTurn,
    question: str,
    answer: Answer,
    now: datetime,
) -> None:
    """Adds a turn and what it says of the learner."""
    await add_turn(connection, lease, ids, question, answer, now)
    await add_profile_of_turn(connection, lease, answer.learner, now)


async def store_feedback(
    connection: AsyncConnection, owner: str, conversation_id: str, feedback: Feedback
) -> None:
    """Adds feedback for an answer in a conversation of `owner`."""
    await require_conversation(connection, owner, conversation_id)
    await add_feedback(connection, conversation_id, feedback)


async def export_conversation(
    connection: AsyncConnection, owner: str, conversation_id: str
) -> ConversationExport:
    """Everything that is stored about a conversation."""
    return ConversationExport(
        await require_conversation(connection, owner, conversation_id),
        await read_profile(connection, owner),
        tuple(await all_messages(connection, conversation_id)),
        tuple(await all_feedback(connection, conversation_id)),
    )
