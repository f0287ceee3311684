"""Looking into the tables of access, and letting time pass in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Table, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.access.store import AccessStore
from api.access.tables import RATE_LIMITS, SEEN_EVENTS


async def rows(access: AccessStore, table: Table) -> list[Row[Any]]:
    """Everything in `table`."""
    return (await access._database.read(AsyncConnection.execute, table.select())).all()


async def pass_time(access: AccessStore, seconds: float) -> None:
    """Makes everything that is due so much earlier due, as if this time had passed."""
    for table in (RATE_LIMITS, SEEN_EVENTS):
        earlier = update(table).values(due=table.c.due - round(seconds * 1_000_000))
        await access._database.write(AsyncConnection.execute, earlier)
