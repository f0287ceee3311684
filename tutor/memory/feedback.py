"""What learners say about answers."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.memory.failures import not_found
from tutor.memory.records import Feedback, FeedbackKind
from tutor.memory.tables import FEEDBACK, TURNS


async def add_feedback(
    connection: AsyncConnection, conversation_id: str, feedback: Feedback
) -> None:
    """Raises ConversationNotFoundError when the conversation has no such answer."""
    answer = select(TURNS.c.turn).where(
        TURNS.c.conversation_id == conversation_id, TURNS.c.answer_id == feedback.message_id
    )
    if await connection.scalar(answer) is None:
        raise not_found()
    await connection.execute(
        insert(FEEDBACK).values(
            message_id=feedback.message_id,
            kind=feedback.kind,
            sentence=feedback.sentence,
            comment=feedback.comment,
            created=feedback.created,
        )
    )


async def all_feedback(connection: AsyncConnection, conversation_id: str) -> list[Feedback]:
    """What was said about the answers of a conversation, oldest first."""
    given = select(FEEDBACK).join(TURNS).where(TURNS.c.conversation_id == conversation_id)
    rows = await connection.execute(given.order_by(FEEDBACK.c.number))
    return [
        Feedback(row.message_id, FeedbackKind(row.kind), row.sentence, row.comment, row.created)
        for row in rows
    ]
