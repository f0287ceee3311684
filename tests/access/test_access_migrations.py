"""The tables of access beside those of the conversations."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from access_rows import rows
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.access.records import Scope
from api.access.store import AccessStore
from api.access.tables import API_KEYS, METADATA, SCHEMA
from corpus.errors import ConversationError
from tutor.memory.opening import open_database, open_store


async def test_the_migrations_make_the_tables_of_the_program(access: AccessStore) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_server_default": True, "include_name": of_access}
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)

    assert await access._database.read(AsyncConnection.run_sync, differences) == []


def of_access(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name in METADATA.tables


async def test_the_program_expects_the_newest_migration(access: AccessStore) -> None:
    ran = text(f"SELECT version_num FROM {SCHEMA.version_table}")
    assert await access._database.read(AsyncConnection.scalar, ran) == SCHEMA.revision


async def test_they_join_the_conversations_that_are_there(place: str | Path) -> None:
    async with open_store(place) as store:
        owner = await store.new_learner()
    async with open_database(place, SCHEMA) as database:
        await AccessStore(database).create_key("课程网站", frozenset({Scope.ASK}))
    async with open_store(place) as store:
        assert await store.is_learner(owner)


async def test_whoever_opens_meanwhile_waits_for_the_tables(place: str | Path) -> None:
    async def opened() -> None:
        async with open_database(place, SCHEMA) as database:
            assert await rows(AccessStore(database), API_KEYS) == []

    await asyncio.gather(*(opened() for _ in range(5)))


async def test_an_older_program_says_that_it_is_older(place: str | Path) -> None:
    later = text(f"UPDATE {SCHEMA.version_table} SET version_num = '9999'")
    async with open_database(place, SCHEMA) as database:
        await database.write(AsyncConnection.execute, later)
    with pytest.raises(ConversationError, match="Upgrade tutor"):
        await open_database(place, SCHEMA).__aenter__()
    async with open_store(place) as store:  # which is not in the way of the conversations
        await store.new_learner()


async def test_all_tables_are_made_or_none(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade

    def failing_after_the_first(config: Config, revision: str) -> None:
        if config.attributes["version_table"] == SCHEMA.version_table:
            raise OSError("interrupted")
        upgrade(config, revision)

    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", failing_after_the_first)
        with pytest.raises(ConversationError, match="interrupted"):
            await open_database(place, SCHEMA).__aenter__()
    made: list[str] = []

    def upgrade_seeing_tables(config: Config, revision: str) -> None:
        made.extend(inspect(config.attributes["connection"]).get_table_names())
        upgrade(config, revision)

    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", upgrade_seeing_tables)
        async with open_store(place):
            assert made == []
    async with open_database(place, SCHEMA) as database:
        assert await rows(AccessStore(database), API_KEYS) == []
