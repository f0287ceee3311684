"""How often somebody may come, and what has been seen before, among all processes.

The limit is the generic cell rate algorithm in its form of virtual scheduling (ITU-T I.371, annex
on the generic cell rate algorithm; ATM Forum, Traffic Management 4.0): for each subject, one
moment is kept at which the next request would be due if they came evenly spaced. A request may
come earlier than that by the length of a burst, and moves the moment on by one interval.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Table, case, cast, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.access.records import RateLimit
from api.access.tables import RATE_LIMITS, SEEN_EVENTS
from tutor.memory.columns import DatabaseSeconds
from tutor.memory.upserting import insert_into

_MICROSECONDS = 1_000_000
_TICK = 1000  # the clock of SQLite goes in milliseconds: whoever waits waits for the next one
_BATCH = 1000


async def admit(connection: AsyncConnection, digest: str, limit: RateLimit) -> float:
    """0.0 when the request of this subject is admitted and counted, else the seconds to wait."""
    # Whole numbers, so that a burst is not one short by rounding.
    interval = max(1, round(limit.seconds * _MICROSECONDS / limit.requests))
    burst = interval * (limit.requests - 1)
    due, now = RATE_LIMITS.c.due, _now()
    counted = (
        insert_into(connection, RATE_LIMITS)
        .values(digest=digest, due=now + interval)
        .on_conflict_do_update(
            index_elements=["digest"],
            set_={"due": case((due > now, due), else_=now) + interval},
            where=due - burst <= now,
        )
        .returning(due)
    )
    if (await connection.execute(counted)).one_or_none():
        return 0.0
    left = select(due - burst - now).where(RATE_LIMITS.c.digest == digest)
    # By now it may be none.
    return (max(0, await connection.scalar(left) or 0) + _TICK) / _MICROSECONDS


async def first_sight(connection: AsyncConnection, digest: str, seconds: float) -> bool:
    """Whether nobody has shown this event within the time that it is remembered."""
    forgotten, now = SEEN_EVENTS.c.due, _now()
    until = now + round(seconds * _MICROSECONDS)
    seen = (
        insert_into(connection, SEEN_EVENTS)
        .values(digest=digest, due=until)
        .on_conflict_do_update(
            index_elements=["digest"], set_={"due": until}, where=forgotten <= now
        )
        .returning(forgotten)
    )
    return (await connection.execute(seen)).one_or_none() is not None


async def remove_what_is_over(connection: AsyncConnection) -> None:
    """Removes rows that would make no difference any more, some at a time."""
    for table in (RATE_LIMITS, SEEN_EVENTS):
        await connection.execute(delete(table).where(table.c.digest.in_(_over(table))))


def _over(table: Table) -> Select[Any]:
    return (
        select(table.c.digest)
        .where(table.c.due <= _now())
        .limit(_BATCH)
        # Two processes that remove at once must not wait for one another.
        .with_for_update(skip_locked=True)
    )


def _now() -> ColumnElement[int]:
    return cast(DatabaseSeconds() * _MICROSECONDS, BigInteger)
