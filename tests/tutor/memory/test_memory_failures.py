"""What a person reads when the database cannot be used."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from memory_material import ANSWER, answer_to
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import ConversationError, UsageError
from corpus.types import Language
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.opening import open_store

FILE = "conversations.sqlite"
NOBODY = 65534


async def begun(place: str | Path) -> tuple[str, str]:
    async with open_store(place) as store:
        owner = await store.new_learner()
        return owner, await store.new_conversation(owner, Language.CHINESE)


async def refusal(place: str | Path) -> ConversationError:
    with pytest.raises(ConversationError) as raised:
        await open_store(place).__aenter__()
    return raised.value


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 1000)
    error = await refusal(tmp_path / FILE)
    assert "is damaged. Restore it from a backup" in error.message.en
    assert str(tmp_path / FILE) in error.message.zh
    assert "已损坏" in error.message.zh


async def test_a_database_that_was_damaged(tmp_path: Path) -> None:
    owner, conversation = await begun(tmp_path / FILE)
    size = (tmp_path / FILE).stat().st_size
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(ConversationError, match="is damaged"):
        async with open_store(tmp_path / FILE) as store:
            await store.load(owner, conversation)


async def test_a_directory_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    error = await refusal(tmp_path / FILE)
    assert "TUTOR_DATABASE" in error.message.en
    assert "是否可写" in error.message.zh


async def test_a_directory_where_nobody_may_write(tmp_path: Path) -> None:
    place = tmp_path / "data" / FILE
    with unprivileged(tmp_path):
        error = await refusal(place)
    assert "you may write to it" in error.message.en


@contextmanager
def unprivileged(directory: Path) -> Iterator[None]:
    """Nobody may write to `directory`; root may write anywhere, so be somebody else meanwhile."""
    user = os.geteuid()
    directory.chmod(0o500)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


async def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    ids = await begun(tmp_path / FILE)
    async with open_store(tmp_path / FILE) as store:
        async with store.lease(*ids) as lease:
            await store.add_turn(lease, "之前的问题", ANSWER)
            with (
                no_file_larger_than(1_000_000),
                pytest.raises(ConversationError, match="free some space") as raised,
            ):
                await store.add_turn(lease, "问题", answer_to("问题", text="长" * 1_000_000))
            assert len(await store.messages(*ids)) == 2
            await store.add_turn(lease, "之后的问题", ANSWER)
        assert [each.turn for each in await store.messages(*ids)] == [1, 1, 2, 2]
    assert "腾出空间" in raised.value.message.zh


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_database_that_another_program_keeps_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.memory.database._WAIT_SECONDS", 0.1)
    ids = await begun(tmp_path / FILE)
    async with open_store(tmp_path / FILE) as store:
        with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ConversationError, match="is busy") as raised:
                await store.new_conversation(ids[0], Language.CHINESE)
            assert await store.messages(*ids) == []  # reading goes on
            other.execute("ROLLBACK")
        await store.new_conversation(ids[0], Language.CHINESE)
    assert "请稍后再试" in raised.value.message.zh


async def test_a_server_that_does_not_answer() -> None:
    pytest.importorskip("psycopg", reason="pip install '.[postgresql]'")
    error = await refusal("postgresql://me:secret@127.0.0.1:1/nowhere")
    assert "postgresql://127.0.0.1/nowhere" in error.message.en
    assert "Check its address and account" in error.message.en
    assert "secret" not in error.message.en + error.message.zh


async def test_a_learner_who_is_forgotten_in_the_same_moment_is_not_found(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def known_a_moment_ago(*_: object) -> None:
        pass

    monkeypatch.setattr("tutor.memory.operations.require_learner", known_a_moment_ago)
    async with open_store(postgresql) as store:
        with pytest.raises(ConversationNotFoundError):
            await store.new_conversation("forgotten", Language.CHINESE)


async def test_a_server_that_restarts_costs_no_turn(postgresql: str) -> None:
    ids = await begun(postgresql)
    async with open_store(postgresql) as store, open_store(postgresql) as operator:
        pid = await store._database.read(AsyncConnection.scalar, text("SELECT pg_backend_pid()"))
        terminate = text("SELECT pg_terminate_backend(:pid)")
        await operator._database.read(AsyncConnection.execute, terminate, {"pid": pid})
        assert await store.messages(*ids) == []


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.sqlite?mode=ro",
        "conversations.sqlite",
        "",
        "postgresql://me:secret@host:port/db",
        "\x00",
    ],
)
async def test_an_unusable_url_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="sqlite:////absolute") as raised:
        await open_store(url).__aenter__()
    assert "secret" not in raised.value.message.en


async def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"\.\[postgresql\]"):
        await open_store("postgresql://127.0.0.1/db").__aenter__()
