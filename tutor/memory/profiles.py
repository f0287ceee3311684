"""The profile of a learner, as a history of which the newest entry counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.learner import Learner
from tutor.memory.codec import encode, readable
from tutor.memory.failures import not_found
from tutor.memory.records import Lease
from tutor.memory.tables import LEARNER_FACTS, LEARNERS


async def add_learner(connection: AsyncConnection, id: str, now: datetime) -> None:
    """Adds a learner of whom nothing is known."""
    await connection.execute(insert(LEARNERS).values(id=id, created=now))


async def is_learner(connection: AsyncConnection, owner: str) -> bool:
    """Whether there is a learner `owner`."""
    known = select(LEARNERS.c.id).where(LEARNERS.c.id == owner)
    return await connection.scalar(known) is not None


async def require_learner(connection: AsyncConnection, owner: str) -> None:
    """Raises ConversationNotFoundError when there is no learner `owner`."""
    if not await is_learner(connection, owner):
        raise not_found()


async def hold_learner(connection: AsyncConnection, owner: str) -> None:
    """Lets no other transaction hold `owner` until this one ends.

    Raises ConversationNotFoundError when there is no such learner.
    """
    held = select(LEARNERS.c.id).where(LEARNERS.c.id == owner).with_for_update()
    if await connection.scalar(held) is None:
        raise not_found()


async def newest_profile(connection: AsyncConnection, owner: str) -> tuple[int, Learner | None]:
    """The number of the newest entry and what it says; (0, None) where there is none."""
    newest = (
        select(LEARNER_FACTS.c.number, LEARNER_FACTS.c.profile)
        .where(LEARNER_FACTS.c.learner_id == owner)
        .order_by(LEARNER_FACTS.c.number.desc())
        .limit(1)
    )
    row = (await connection.execute(newest)).one_or_none()
    return (row.number, readable(Learner, row.profile)) if row else (0, None)


async def add_profile(
    connection: AsyncConnection,
    owner: str,
    learner: Learner,
    now: datetime,
    *,
    set_by_learner: bool,
) -> None:
    """Adds an entry to the history of `owner`."""
    entry: dict[str, Any] = {
        "learner_id": owner,
        "profile": encode(learner),
        "set_by_learner": set_by_learner,
        "created": now,
    }
    await connection.execute(insert(LEARNER_FACTS).values(entry))


async def add_profile_of_turn(
    connection: AsyncConnection, lease: Lease, learner: Learner, now: datetime
) -> None:
    """Adds what a turn found out, unless that is nothing new or the learner has set the profile
    while the turn was being answered: the learner's own word stands."""
    set_meanwhile = select(LEARNER_FACTS.c.number).where(
        LEARNER_FACTS.c.learner_id == lease.owner,
        LEARNER_FACTS.c.number > lease.profile,
        LEARNER_FACTS.c.set_by_learner,
    )
    if await connection.scalar(set_meanwhile.limit(1)) is not None:
        return
    _, before = await newest_profile(connection, lease.owner)
    if before is None or encode(before) != encode(learner):
        await add_profile(connection, lease.owner, learner, now, set_by_learner=False)
