"""Transactions in SQLite or PostgreSQL, one implementation for both."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tutor.memory.address import SQLITE, shown
from tutor.memory.failures import missing_driver, translated

_WAIT_SECONDS = 10
_CONNECT_SECONDS = 30
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # What was reported as stored must survive a power cut, not only a killed process.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What a learner has erased must not be left in free pages.
    "PRAGMA secure_delete = ON",
)
_WRITING = "writing"

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Database:
    """The connections to one database, for the tasks of one event loop.

    Each transaction has a connection and a task of its own. What the database reports becomes
    ConversationError, with the transaction undone.
    Raises UsageError where the driver is not installed.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.place = shown(url)
        self.is_sqlite = url.get_backend_name() == SQLITE
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._writing_engine = self._engine.execution_options(**{_WRITING: True})
        # SQLite lets one write at a time, and lets those who wait sleep instead of queue.
        self._one_writer = asyncio.Lock() if self.is_sqlite else None
        self._running: set[asyncio.Task[Any]] = set()

    async def read(
        self,
        work: Callable[Concatenate[AsyncConnection, P], Awaitable[T]],
        *args: P.args,
        **kw: P.kwargs,
    ) -> T:
        """The result of `work` with a connection; SQLite shows it one unchanging view."""

        async def transaction() -> T:
            with translated(self.place):
                async with self._engine.connect() as connection:
                    return await work(connection, *args, **kw)

        return await self.finish(transaction())

    async def write(
        self,
        work: Callable[Concatenate[AsyncConnection, P], Awaitable[T]],
        *args: P.args,
        **kw: P.kwargs,
    ) -> T:
        """One transaction: everything that `work` does is kept, or nothing when it raises."""

        async def transaction() -> T:
            with translated(self.place):
                async with self._turn_to_write(), self._writing_engine.begin() as connection:
                    return await work(connection, *args, **kw)

        return await self.finish(transaction())

    async def finish(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which is done to its end even when whoever waits for it leaves.

        A driver that is cancelled within a statement may keep its transaction, and the lock that
        goes with it, open.
        """
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def settle(self) -> None:
        """Waits for what is being done now to end, whether anybody waits for it or not."""
        others = self._running - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def scrub(self) -> None:
        """Removes what was erased from SQLite's log too, which holds pages as they were."""
        if self.is_sqlite:
            await self.finish(self._empty_log())

    async def _empty_log(self) -> None:
        with translated(self.place):
            async with self._turn_to_write(), self._engine.connect() as connection:
                # Not through SQLAlchemy, which would begin a transaction around it.
                raw: Any = (await connection.get_raw_connection()).driver_connection
                cursor = await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, *_) = await cursor.fetchone()
                await cursor.close()
        if busy:
            _log.warning("another process reads %s: its log is emptied later", self.place)

    async def close(self) -> None:
        """Waits for what is being done, then closes all connections."""
        await self.settle()
        await self._engine.dispose()

    def _turn_to_write(self) -> AbstractAsyncContextManager[object]:
        return self._one_writer or nullcontext()


_to_json = partial(json.dumps, ensure_ascii=False)


def _sqlite_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=5,
        max_overflow=0,
        json_serializer=_to_json,
        # SQLAlchemy begins the transactions, see `_begin`; the driver would begin some too late.
        connect_args={"timeout": _WAIT_SECONDS, "isolation_level": None},
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait for another writer.
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_engine(url: URL) -> AsyncEngine:
    try:
        return create_async_engine(
            url,
            pool_size=10,
            max_overflow=0,
            pool_pre_ping=True,
            json_serializer=_to_json,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    except ImportError as error:
        raise missing_driver() from error
