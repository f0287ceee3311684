"""The tables in the database are those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from memory_material import ANSWER
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import ConversationError
from corpus.types import Language
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore
from tutor.memory.tables import METADATA, SCHEMA


async def test_the_migrations_make_the_tables_of_the_program(store: ConversationStore) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"version_table": SCHEMA.version_table, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)

    assert await store._database.read(AsyncConnection.run_sync, differences) == []


def test_the_program_expects_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "tutor.memory:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA.revision


async def test_an_older_program_says_that_it_is_older(place: str | Path) -> None:
    later = text(f"UPDATE {SCHEMA.version_table} SET version_num = '9999'")
    async with open_store(place) as store:
        await store._database.write(AsyncConnection.execute, later)
    with pytest.raises(ConversationError, match="Upgrade tutor") as raised:
        await open_store(place).__aenter__()
    assert "升级" in raised.value.message.zh


async def test_what_an_earlier_version_stored_is_kept(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
        async with open_store(place) as store:
            owner = await store.new_learner()
            conversation = await store.new_conversation(owner, Language.CHINESE)
            async with store.lease(owner, conversation) as lease:
                await store.add_turn(lease, "先学什么？", ANSWER)
    async with open_store(place) as store:
        assert [each.text for each in await store.messages(owner, conversation)] == [
            "先学什么？",
            ANSWER.text,
        ]
        assert await store.learner_for("slack", "U1") != owner


async def test_a_migration_that_fails_leaves_nothing_behind(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade

    def failing(*arguments: object) -> None:
        upgrade(*arguments)
        raise OSError("interrupted")

    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", failing)
        with pytest.raises(ConversationError, match="interrupted"):
            await open_store(place).__aenter__()
    made = []

    def upgrade_seeing_tables(config: Config, revision: str) -> None:
        made.extend(inspect(config.attributes["connection"]).get_table_names())
        upgrade(config, revision)

    monkeypatch.setattr(command, "upgrade", upgrade_seeing_tables)
    async with open_store(place) as store:
        assert made == []
        await store.new_learner()
