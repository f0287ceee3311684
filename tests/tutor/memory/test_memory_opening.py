"""Opening costs nobody anything who does not ask for it, and shows nobody anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from api.access.records import Scope
from api.memory import open_memory, open_stores
from api.settings import Settings, load_settings

WITHOUT_A_CONVERSATION = """
import sys
import api.cli, api.cli_keys, api.wiring, api.memory, api.export_json, api.access.records
import tutor.memory.records, tutor.memory.errors
print(sorted({"sqlalchemy", "alembic", "aiosqlite", "psycopg"} & set(sys.modules)))
"""
A_SECOND_TIME = """
import asyncio, sys
from pathlib import Path
from tutor.memory.opening import open_store
async def main():
    async with open_store(Path(sys.argv[1])):
        pass
asyncio.run(main())
print("alembic" in sys.modules)
"""


def names_in(directory: Path) -> set[str]:
    return {file.name for file in directory.iterdir()}


def printed_by(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_asking_without_a_conversation_imports_no_database_library() -> None:
    assert printed_by(WITHOUT_A_CONVERSATION) == "[]"


async def test_opening_what_is_up_to_date_does_not_import_alembic(tmp_path: Path) -> None:
    async with open_memory(Settings(data=tmp_path)):
        pass
    assert printed_by(A_SECOND_TIME, str(tmp_path / "conversations.sqlite")) == "False"


async def test_conversations_are_kept_in_the_data_directory(tmp_path: Path) -> None:
    data = tmp_path / "数据 #1?"
    async with open_memory(Settings(data=data)) as store:
        await store.new_learner()
        modes = {file.name: file.stat().st_mode & 0o777 for file in data.iterdir()}
    assert set(modes) >= {"conversations.sqlite", "conversations.sqlite-wal"}
    assert set(modes.values()) == {0o600}  # nobody else may read them


async def test_conversations_and_keys_are_in_one_database(tmp_path: Path) -> None:
    async with open_stores(Settings(data=tmp_path)) as stores:
        owner = await stores.conversations.new_learner()
        key, token = await stores.access.create_key("网页", frozenset({Scope.ASK}))
    assert names_in(tmp_path) == {"conversations.sqlite", "conversations.sqlite.lock"}
    async with open_stores(Settings(data=tmp_path)) as stores:
        assert await stores.conversations.is_learner(owner)
        assert await stores.access.find_key(token) == key
    async with open_memory(Settings(data=tmp_path)) as store:
        assert await store.is_learner(owner)


async def test_or_in_the_database_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_DATABASE", f"sqlite:///{tmp_path}/elsewhere.sqlite")
    async with open_memory(load_settings(data=tmp_path / "data")) as store:
        await store.new_learner()
    assert names_in(tmp_path) == {"elsewhere.sqlite", "elsewhere.sqlite.lock"}


def test_the_settings_do_not_show_the_password() -> None:
    assert "secret" not in repr(Settings(database="postgresql://me:secret@host/db"))
