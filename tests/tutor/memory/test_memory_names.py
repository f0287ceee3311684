"""Learners and conversations by the names that they have in other systems."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.types import Language
from tutor.memory import store as store_module
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.names import name_digest
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore
from tutor.memory.tables import CONVERSATION_NAMES, CONVERSATIONS, LEARNER_NAMES, LEARNERS

ODD_NAMES = [
    "",
    "张三",
    "🙂",
    "a\x00b",
    "a\ufffdb",
    "\ud800",
    "\ud801",
    "' OR 1=1 --",
    "x" * 100_000,
]


async def rows(store: ConversationStore, table: Table) -> int:
    return len((await store._database.read(AsyncConnection.execute, table.select())).all())


async def test_somebody_is_the_same_learner_each_time(store: ConversationStore) -> None:
    learner = await store.learner_for("slack", "T1:U1")
    assert await store.learner_for("slack", "T1:U1") == learner
    assert await store.learner_named("slack", "T1:U1") == learner
    assert await store.is_learner(learner)


async def test_in_another_system_the_same_name_is_somebody_else(store: ConversationStore) -> None:
    learners = {await store.learner_for(system, "1") for system in ("slack", "discord", "key:a")}
    assert len(learners) == 3


async def test_asking_who_somebody_is_makes_nobody(store: ConversationStore) -> None:
    assert await store.learner_named("slack", "U1") is None
    assert await rows(store, LEARNERS) == 0


@pytest.mark.parametrize("owner", ["", "nobody", "\ud800"])
async def test_an_invented_id_is_no_learner(store: ConversationStore, owner: str) -> None:
    assert not await store.is_learner(owner)
    with pytest.raises(ConversationNotFoundError):
        await store.conversation_for(owner, "C1", Language.CHINESE)


async def test_any_two_names_are_two_learners(store: ConversationStore) -> None:
    learners = [await store.learner_for("slack", name) for name in ODD_NAMES]
    assert len(set(learners)) == len(ODD_NAMES)
    assert [await store.learner_named("slack", name) for name in ODD_NAMES] == learners


def test_parts_of_a_name_are_not_confused() -> None:
    parts = [("a", "bc"), ("ab", "c"), ("abc",), ("abc", ""), ("1:a", "2:bc"), ("1:a2:bc",)]
    assert len({name_digest(*each) for each in parts}) == len(parts)


async def test_a_thread_is_the_same_conversation_each_time(store: ConversationStore) -> None:
    owner = await store.learner_for("slack", "U1")
    conversation = await store.conversation_for(owner, "C1:1.2", Language.ENGLISH)
    assert await store.conversation_for(owner, "C1:1.2", Language.CHINESE) == conversation
    (head,) = await store.conversations(owner)
    assert (head.id, head.language) == (conversation, Language.ENGLISH)


async def test_in_one_thread_everybody_has_a_conversation_of_their_own(
    store: ConversationStore,
) -> None:
    owners = [await store.learner_for("slack", name) for name in ("U1", "U2")]
    theirs = [await store.conversation_for(each, "C1:1.2", Language.CHINESE) for each in owners]
    assert theirs[0] != theirs[1]
    with pytest.raises(ConversationNotFoundError):
        await store.messages(owners[0], theirs[1])


async def test_whoever_was_forgotten_is_new(store: ConversationStore) -> None:
    before = await store.learner_for("slack", "U1")
    conversation = await store.conversation_for(before, "C1", Language.CHINESE)
    await store.forget(before)
    assert not await store.is_learner(before)
    assert await store.learner_named("slack", "U1") is None
    assert await rows(store, LEARNER_NAMES) == await rows(store, CONVERSATION_NAMES) == 0
    after = await store.learner_for("slack", "U1")
    assert after != before
    assert await store.conversation_for(after, "C1", Language.CHINESE) != conversation


async def test_a_deleted_conversation_begins_anew(store: ConversationStore) -> None:
    owner = await store.learner_for("slack", "U1")
    before = await store.conversation_for(owner, "C1", Language.CHINESE)
    await store.delete(owner, before)
    assert await rows(store, CONVERSATION_NAMES) == 0
    assert await store.conversation_for(owner, "C1", Language.CHINESE) != before


async def test_all_who_ask_at_once_get_one_id(place: str | Path) -> None:
    async with open_store(place) as one, open_store(place) as other:
        stores = [one, other] * 10
        learners = await asyncio.gather(*(each.learner_for("slack", "U1") for each in stores))
        assert len(set(learners)) == await rows(one, LEARNERS) == 1
        conversations = await asyncio.gather(
            *(each.conversation_for(learners[0], "C1", Language.CHINESE) for each in stores)
        )
        assert len(set(conversations)) == await rows(one, CONVERSATIONS) == 1


async def test_whoever_comes_second_takes_what_the_first_one_made(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_yet(*_: object) -> None:
        pass

    monkeypatch.setattr(store_module, "read_learner_named", nothing_yet)
    monkeypatch.setattr(store_module, "read_conversation_named", nothing_yet)
    learners = [await store.learner_for("slack", "U1") for _ in range(2)]
    assert len(set(learners)) == await rows(store, LEARNERS) == 1
    made = [await store.conversation_for(learners[0], "C1", Language.CHINESE) for _ in range(2)]
    assert len(set(made)) == await rows(store, CONVERSATIONS) == 1


def everything_in(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.iterdir())


async def test_the_names_themselves_are_in_no_file(tmp_path: Path) -> None:
    async with open_store(tmp_path / "conversations.sqlite") as store:
        owner = await store.learner_for("slack", "T0123:U4567")
        await store.conversation_for(owner, "C0123:1700000000.1", Language.CHINESE)
        written = everything_in(tmp_path)
    assert owner.encode() in written
    assert b"U4567" not in written
    assert b"1700000000.1" not in written
