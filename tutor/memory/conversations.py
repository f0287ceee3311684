"""Conversations and the list of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.types import Language
from tutor.memory.failures import not_found, unusable_cursor
from tutor.memory.records import ConversationHead
from tutor.memory.tables import CONVERSATIONS

_HEAD = select(
    CONVERSATIONS.c.id,
    CONVERSATIONS.c.title,
    CONVERSATIONS.c.language,
    CONVERSATIONS.c.created,
    CONVERSATIONS.c.updated,
    CONVERSATIONS.c.turns,
)


async def require_conversation(
    connection: AsyncConnection, owner: str, conversation_id: str
) -> ConversationHead:
    """The conversation; raises ConversationNotFoundError when `owner` has no such one."""
    own = _HEAD.where(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner)
    row = (await connection.execute(own)).one_or_none()
    if row is None:
        raise not_found()
    return _head(row)


async def list_conversations(
    connection: AsyncConnection, owner: str, limit: int, before: str | None
) -> list[ConversationHead]:
    """The conversations of `owner`, the one with the newest turn first."""
    found = await connection.execute(_page(owner, limit, before))
    return [_head(row) for row in found]


async def add_conversation(
    connection: AsyncConnection, id: str, owner: str, language: Language, now: datetime
) -> None:
    """Adds a conversation without turns."""
    row = {"id": id, "owner": owner, "language": language, "title": "", "turns": 0}
    await connection.execute(insert(CONVERSATIONS).values(**row, created=now, updated=now))


def _page(owner: str, limit: int, before: str | None) -> Select[Any]:
    place = tuple_(CONVERSATIONS.c.updated, CONVERSATIONS.c.id)
    page = _HEAD.where(CONVERSATIONS.c.owner == owner)
    if before is not None:
        page = page.where(place < tuple_(*_place(before)))
    return page.order_by(CONVERSATIONS.c.updated.desc(), CONVERSATIONS.c.id.desc()).limit(limit)


def _place(cursor: str) -> tuple[datetime, str]:
    updated, _, id = cursor.partition("~")
    try:
        return datetime.fromisoformat(updated).astimezone(UTC), id
    except (ValueError, OverflowError) as error:
        raise unusable_cursor() from error


def _head(row: Row[*tuple[Any, ...]]) -> ConversationHead:
    return ConversationHead(
        row.id, row.title, Language(row.language), row.created, row.updated, row.turns
    )
