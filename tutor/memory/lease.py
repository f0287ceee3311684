"""The right to answer in a conversation: one turn at a time, among all processes.

A lease with a time limit that its holder renews (Gray and Cheriton 1989, "Leases: an efficient
fault-tolerant mechanism for distributed file cache consistency"). The name of its holder is
compared when a turn is stored, so that one who lost the lease without noticing stores nothing.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import ColumnElement, Update, and_, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import ConversationBusyError, ConversationError
from tutor.memory.columns import DatabaseSeconds
from tutor.memory.conversations import require_conversation
from tutor.memory.database import Database
from tutor.memory.failures import being_answered
from tutor.memory.profiles import newest_profile
from tutor.memory.records import Lease
from tutor.memory.tables import CONVERSATIONS

LEASE_SECONDS = 40.0
_RENEWALS = 4  # One may fail for as long as a write waits, or two at once, before it runs out.
_PAUSE_SECONDS = 0.05


@asynccontextmanager
async def leased(
    database: Database, owner: str, conversation_id: str, seconds: float, wait: float
) -> AsyncIterator[Lease]:
    """Holds the lease for the block; it is renewed meanwhile and given back at the end.

    Raises ConversationBusyError when somebody else still holds it after `wait` seconds, and
    ConversationNotFoundError.
    """
    holder = secrets.token_hex(16)
    try:
        lease = await _patiently(database, owner, conversation_id, holder, seconds, wait)
    except asyncio.CancelledError:
        await database.finish(_give_back_what_was_taken(database, conversation_id, holder))
        raise
    renewal = asyncio.create_task(_keep_renewing(database, lease, seconds))
    try:
        yield lease
    finally:
        renewal.cancel()
        await database.finish(_give_back(database, conversation_id, holder))


def is_held(lease: Lease) -> ColumnElement[bool]:
    """Whether nobody has taken the conversation from the holder of `lease`."""
    return _held_by(lease.conversation_id, lease.holder)


async def _patiently(
    database: Database, owner: str, conversation_id: str, holder: str, seconds: float, wait: float
) -> Lease:
    deadline = time.monotonic() + wait
    while True:
        try:
            return await database.write(_acquire, owner, conversation_id, holder, seconds)
        except ConversationBusyError:
            if time.monotonic() >= deadline:
                raise
        await asyncio.sleep(_PAUSE_SECONDS)


async def _acquire(
    connection: AsyncConnection, owner: str, conversation_id: str, holder: str, seconds: float
) -> Lease:
    await require_conversation(connection, owner, conversation_id)
    columns = CONVERSATIONS.c
    free = or_(columns.lease_until.is_(None), columns.lease_until < DatabaseSeconds())
    take = _hold(holder, seconds).where(columns.id == conversation_id, free)
    if not await _changes(connection, take):
        raise being_answered()
    number, _ = await newest_profile(connection, owner)
    return Lease(owner, conversation_id, holder, number)


async def _keep_renewing(database: Database, lease: Lease, seconds: float) -> None:
    kept = True
    while kept:
        await asyncio.sleep(seconds / _RENEWALS)
        # A database that is busy now may not be the next time.
        with suppress(ConversationError):
            kept = await database.write(
                _changes, _hold(lease.holder, seconds).where(is_held(lease))
            )


async def _give_back(database: Database, conversation_id: str, holder: str) -> None:
    free = update(CONVERSATIONS).values(lease_holder=None, lease_until=None)
    # If that fails the lease runs out by itself; the turn itself has been stored or refused.
    with suppress(ConversationError):
        await database.write(_changes, free.where(_held_by(conversation_id, holder)))


async def _give_back_what_was_taken(database: Database, conversation_id: str, holder: str) -> None:
    # Whoever leaves while the lease is being taken does not know whether it was.
    await database.settle()
    await _give_back(database, conversation_id, holder)


async def _changes(connection: AsyncConnection, statement: Update) -> bool:
    """Carries out `statement`; whether any row was changed."""
    return (await connection.execute(statement)).rowcount > 0


def _hold(holder: str, seconds: float) -> Update:
    return update(CONVERSATIONS).values(
        lease_holder=holder, lease_until=DatabaseSeconds() + seconds
    )


def _held_by(conversation_id: str, holder: str) -> ColumnElement[bool]:
    return and_(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.lease_holder == holder)
