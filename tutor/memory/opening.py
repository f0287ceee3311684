"""Opening the database, alone or with the conversations in it; the only way to get one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from tutor.memory.address import database_url
from tutor.memory.database import Database
from tutor.memory.failures import database_busy, translated
from tutor.memory.lease import LEASE_SECONDS
from tutor.memory.migrating import Schema, bring_up_to_date
from tutor.memory.store import ConversationStore
from tutor.memory.tables import SCHEMA

_WAIT_SECONDS = 30.0
_OWNER_ONLY = 0o600


@asynccontextmanager
async def open_store(
    place: str | Path, *, lease_seconds: float = LEASE_SECONDS
) -> AsyncIterator[ConversationStore]:
    """The store in the database that `open_database` opens.

    `lease_seconds` is how long a crashed process keeps a conversation busy.
    """
    async with open_database(place) as database:
        yield ConversationStore(database, lease_seconds)


@asynccontextmanager
async def open_database(place: str | Path, *others: Schema) -> AsyncIterator[Database]:
    """The database at `place`, the path of a SQLite file or a url, for one event loop.

    The file is made where there is none, and only the user who makes it can read it. The tables
    of the conversations are brought up to date, and those of `others`: all of them or none.
    Raises UsageError for an unusable url, ConversationError when the database cannot be used.
    """
    database = Database(database_url(place))
    try:
        with translated(database.place):
            async with _only_one_opens(database):
                await database.write(_prepare, database.place, (SCHEMA, *others))
        yield database
    finally:
        await database.close()


async def _prepare(connection: AsyncConnection, place: str, schemas: Iterable[Schema]) -> None:
    for schema in schemas:
        await connection.run_sync(bring_up_to_date, place, schema)


def _only_one_opens(database: Database) -> AbstractAsyncContextManager[object]:
    # SQLite does not wait when two processes turn on the write-ahead log at once.
    return _file_lock(Path(database.place)) if database.is_sqlite else nullcontext()


@asynccontextmanager
async def _file_lock(file: Path) -> AsyncIterator[None]:
    from filelock import AsyncFileLock, Timeout

    _make(file)
    lock = AsyncFileLock(f"{file}.lock", timeout=_WAIT_SECONDS, mode=_OWNER_ONLY)
    try:
        await lock.acquire()
    except Timeout as error:
        raise database_busy(str(file)) from error
    try:
        yield
    finally:
        await lock.release()


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
