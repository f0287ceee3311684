"""One turn at a time in a conversation, in one process and among several."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from memory_material import ANSWER, answer_to

from corpus.errors import ConversationBusyError
from corpus.types import Language
from tutor.memory.database import _WAIT_SECONDS
from tutor.memory.lease import _RENEWALS, LEASE_SECONDS
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore

SHORT = 0.6


@pytest.fixture
async def hasty(place: str | Path) -> AsyncIterator[ConversationStore]:
    """A store whose leases last only `SHORT` seconds."""
    async with open_store(place, lease_seconds=SHORT) as opened:
        yield opened


async def begun(store: ConversationStore) -> tuple[str, str]:
    owner = await store.new_learner()
    return owner, await store.new_conversation(owner, Language.CHINESE)


async def test_a_second_turn_is_refused_at_once(store: ConversationStore) -> None:
    ids = await begun(store)
    async with store.lease(*ids):
        with pytest.raises(ConversationBusyError, match="still being answered"):
            await store.lease(*ids).__aenter__()
    async with store.lease(*ids):
        pass


async def test_or_waits_its_turn(store: ConversationStore) -> None:
    ids = await begun(store)
    order = []

    async def second() -> None:
        async with store.lease(*ids, wait=30):
            order.append("second")

    async with store.lease(*ids):
        task = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        order.append("first")
    await task
    assert order == ["first", "second"]


async def test_waiting_has_an_end(store: ConversationStore) -> None:
    ids = await begun(store)
    async with store.lease(*ids):
        with pytest.raises(ConversationBusyError):
            await store.lease(*ids, wait=0.1).__aenter__()


async def test_a_lease_is_given_back_when_answering_fails(store: ConversationStore) -> None:
    ids = await begun(store)
    with pytest.raises(ZeroDivisionError):
        async with store.lease(*ids):
            raise ZeroDivisionError
    async with store.lease(*ids):
        pass
    assert await store.messages(*ids) == []


async def test_a_lease_is_renewed_while_it_is_held(hasty: ConversationStore) -> None:
    ids = await begun(hasty)
    async with hasty.lease(*ids) as lease:
        await asyncio.sleep(3 * SHORT)
        with pytest.raises(ConversationBusyError):
            await hasty.lease(*ids).__aenter__()
        await hasty.add_turn(lease, "问题", ANSWER)
    assert len(await hasty.messages(*ids)) == 2


def test_a_renewal_may_wait_for_the_database_in_vain_before_the_lease_runs_out() -> None:
    between = LEASE_SECONDS / _RENEWALS
    assert between + _WAIT_SECONDS + between < LEASE_SECONDS
    assert LEASE_SECONDS <= 40, "that long is a conversation busy when its process was killed"


async def test_a_lease_that_ran_out_goes_to_the_next_and_its_turn_is_refused(
    hasty: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.memory.lease._keep_renewing", lambda *_: asyncio.sleep(60))
    ids = await begun(hasty)
    async with hasty.lease(*ids) as slow, hasty.lease(*ids, wait=30) as quick:
        with pytest.raises(ConversationBusyError, match="another question took over"):
            await hasty.add_turn(slow, "慢的", ANSWER)
        await hasty.add_turn(quick, "快的", ANSWER)
    assert [each.text for each in await hasty.messages(*ids)] == ["快的", ANSWER.text]


async def test_whoever_lost_a_lease_does_not_give_back_that_of_the_next(
    hasty: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.memory.lease._keep_renewing", lambda *_: asyncio.sleep(60))
    ids = await begun(hasty)
    slow = hasty.lease(*ids)
    await slow.__aenter__()
    async with hasty.lease(*ids, wait=30) as quick:
        await slow.__aexit__(None, None, None)
        await hasty.add_turn(quick, "快的", ANSWER)


async def test_a_lease_that_was_given_back_is_over(store: ConversationStore) -> None:
    ids = await begun(store)
    async with store.lease(*ids) as lease:
        pass
    with pytest.raises(ConversationBusyError):
        await store.add_turn(lease, "太晚", ANSWER)


async def test_a_learner_who_leaves_at_any_moment_leaves_nothing_half_done(
    store: ConversationStore,
) -> None:
    ids = await begun(store)
    chance = random.Random(1)

    async def turn() -> None:
        async with store.lease(*ids, wait=30) as lease:
            await store.add_turn(lease, "问题", ANSWER)

    for _ in range(25):
        task = asyncio.create_task(turn())
        await asyncio.sleep(chance.uniform(0, 0.03))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with store.lease(*ids, wait=30) as lease:
        await store.add_turn(lease, "最后的问题", ANSWER)
    messages = await store.messages(*ids)
    assert messages[-2].text == "最后的问题"
    assert [each.turn for each in messages[::2]] == list(range(1, len(messages) // 2 + 1))


async def test_whoever_is_cancelled_again_and_again_still_gives_the_lease_back(
    store: ConversationStore,
) -> None:
    """anyio cancels a task at each of its awaits until it has left its scope."""
    ids = await begun(store)
    holding = asyncio.Event()

    async def turn() -> None:
        async with store.lease(*ids):
            holding.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(turn())
    await holding.wait()
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    async with store.lease(*ids, wait=30):
        pass


async def test_two_hundred_conversations_at_once(store: ConversationStore) -> None:
    owner = await store.new_learner()

    async def converse(number: int) -> None:
        conversation = await store.new_conversation(owner, Language.CHINESE)
        async with store.lease(owner, conversation) as lease:
            assert (await store.load(owner, conversation)).turns == ()
            await store.add_turn(lease, f"问题{number}", answer_to(f"问题{number}"))

    await asyncio.gather(*map(converse, range(200)))
    heads = await store.conversations(owner, limit=1000)
    assert {(head.title, head.turns) for head in heads} == {(f"问题{n}", 1) for n in range(200)}
