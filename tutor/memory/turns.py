"""Turns: storing one, and reading them as messages or as what the next answer needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.answer import Answer, Citation
from tutor.conversation import Turn
from tutor.memory.codec import decode_each, encode, readable
from tutor.memory.columns import CleanText
from tutor.memory.failures import lease_lost
from tutor.memory.lease import is_held
from tutor.memory.records import Lease, Message, Role, StoredTurn
from tutor.memory.summary import extractive_summary, shortened
from tutor.memory.tables import CONVERSATIONS, TURNS

_TITLE_CHARACTERS = 60
_RECENT = 6
_SUMMARY_CHARACTERS = 1500
_SUMMARY_TURNS = 50
_BEGINNING_CHARACTERS = 200  # more than the longest first sentence that a line shows
# The fields of an answer that have a column of their own; `facts` holds the others.
_COLUMNS = ("question", "asked", "text", "topics", "abstained", "citations")


async def add_turn(
    connection: AsyncConnection,
    lease: Lease,
    ids: StoredTurn,
    question: str,
    answer: Answer,
    now: datetime,
) -> None:
    """Adds a turn; raises ConversationBusyError when the lease was lost."""
    columns = CONVERSATIONS.c
    title = literal(shortened(question, _TITLE_CHARACTERS), CleanText)
    counted = (
        update(CONVERSATIONS)
        .where(is_held(lease))
        .values(
            turns=columns.turns + 1,
            updated=now,
            title=case((columns.turns == 0, title), else_=columns.title),
        )
        .returning(columns.turns)
    )
    number = await connection.scalar(counted)
    if number is None:
        raise lease_lost()
    facts = encode(replace(answer, question=question, asked=answer.asked or question))
    row = {name: facts.pop(name) for name in _COLUMNS} | {"facts": facts}
    await connection.execute(
        insert(TURNS).values(
            **row,
            conversation_id=lease.conversation_id,
            turn=number,
            question_id=ids.question_id,
            answer_id=ids.answer_id,
            created=now,
        )
    )


async def recent_turns(connection: AsyncConnection, conversation_id: str) -> list[Turn]:
    """The last few turns, oldest first."""
    names = [TURNS.c[name] for name in ("question", "asked", "text", "topics", "abstained")]
    newest = select(*names).where(TURNS.c.conversation_id == conversation_id)
    rows = await connection.execute(newest.order_by(TURNS.c.turn.desc()).limit(_RECENT))
    return [turn for turn in reversed([_turn(row) for row in rows]) if turn]


async def summary_of_earlier(connection: AsyncConnection, conversation_id: str) -> str:
    """What went before the turns that `recent_turns` gives, in a few lines."""
    earlier = (
        select(TURNS.c.asked, func.substr(TURNS.c.text, 1, _BEGINNING_CHARACTERS))
        .where(TURNS.c.conversation_id == conversation_id)
        .order_by(TURNS.c.turn.desc())
        .offset(_RECENT)
        .limit(_SUMMARY_TURNS)
    )
    rows = await connection.execute(earlier)
    return extractive_summary([(row[0], row[1]) for row in rows], _SUMMARY_CHARACTERS)


async def all_messages(connection: AsyncConnection, conversation_id: str) -> list[Message]:
    """Everything as it was said, oldest first."""
    said = select(TURNS).where(TURNS.c.conversation_id == conversation_id)
    rows = await connection.execute(said.order_by(TURNS.c.turn))
    return [message for row in rows for message in _messages(row)]


def _turn(row: Row[*tuple[Any, ...]]) -> Turn | None:
    return readable(Turn, {**row._mapping, "answer": row.text})


def _messages(row: Row[*tuple[Any, ...]]) -> Iterator[Message]:
    yield Message(row.question_id, row.turn, Role.LEARNER, row.question, row.created)
    stored = row._mapping
    answer = readable(Answer, row.facts | {name: stored[name] for name in _COLUMNS})
    citations = answer.citations if answer else decode_each(Citation, row.citations)
    yield Message(row.answer_id, row.turn, Role.TUTOR, row.text, row.created, citations, answer)
