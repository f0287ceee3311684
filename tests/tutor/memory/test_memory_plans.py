"""The study plan of a learner: kept as it was drawn, with the ticks beside it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from memory_material import LEARNER
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.api.plan_examples import FULL, TOO_SHORT
from tutor.memory.codec import decode, encode
from tutor.memory.errors import ConversationNotFoundError, PlanNotFoundError
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore
from tutor.memory.tables import FINISHED_MODULES, STUDY_PLANS
from tutor.planning.progress import PROJECT, StudyProgress, drawn
from tutor.planning.types import ModuleKey, Plan

FIRST_VERSION = Path(__file__).with_name("plan_of_first_version.json")
BEGUN = date(2026, 3, 2)
PROGRESS = drawn(FULL, BEGUN)
LINEAR, ATTENTION = ModuleKey("d2l", "linear-networks"), ModuleKey("d2l", "attention")
OWN_WORK = ModuleKey(PROJECT, "1")


async def with_plan(store: ConversationStore) -> str:
    owner = await store.new_learner()
    await store.keep_plan(owner, PROGRESS)
    return owner


async def test_a_plan_is_kept_as_it_was_drawn(place: str | Path) -> None:
    async with open_store(place) as store:
        owner = await store.new_learner()
        assert await store.plan(owner) is None
        assert await store.keep_plan(owner, PROGRESS) == PROGRESS
    async with open_store(place) as store:
        assert await store.plan(owner) == PROGRESS


async def test_ticks_are_kept_with_the_time_of_the_first(store: ConversationStore) -> None:
    owner = await with_plan(store)
    before = datetime.now(UTC) - timedelta(seconds=1)
    first = await store.mark_done(owner, [LINEAR, OWN_WORK], True)
    assert set(first.finished) == {LINEAR, OWN_WORK}
    assert all(before < moment <= datetime.now(UTC) for moment in first.finished.values())
    again = await store.mark_done(owner, [LINEAR, ATTENTION], True)
    assert again.finished[LINEAR] == first.finished[LINEAR]
    assert await store.plan(owner) == again
    fewer = await store.mark_done(owner, [LINEAR, ATTENTION], False)
    assert set(fewer.finished) == {OWN_WORK}


async def test_a_new_plan_takes_the_place_of_the_old_one_and_the_ticks_stay(
    store: ConversationStore,
) -> None:
    owner = await with_plan(store)
    ticked = await store.mark_done(owner, [LINEAR], True)
    shorter = StudyProgress(TOO_SHORT, BEGUN + timedelta(weeks=1), {}, 3)
    kept = await store.keep_plan(owner, shorter)
    assert kept == replace(shorter, finished=ticked.finished)
    assert len(await rows(store)) == 1


async def test_what_is_not_in_the_plan_cannot_be_ticked(store: ConversationStore) -> None:
    owner = await with_plan(store)
    for unknown in (ModuleKey("d2l", "cnn"), ModuleKey(PROJECT, "9"), ModuleKey("\ud800", "\x00")):
        with pytest.raises(PlanNotFoundError) as raised:
            await store.mark_done(owner, [LINEAR, unknown], True)
        raised.value.message.zh.encode()
    assert (await store.plan(owner)).finished == {}


async def test_what_an_earlier_drawing_planned_can_still_be_unticked(
    store: ConversationStore,
) -> None:
    owner = await with_plan(store)
    await store.mark_done(owner, [ATTENTION], True)
    await store.keep_plan(owner, StudyProgress(TOO_SHORT, BEGUN))
    assert (await store.mark_done(owner, [ATTENTION], False)).finished == {}


async def test_without_a_plan_or_a_learner_there_is_nothing_to_tick(
    store: ConversationStore,
) -> None:
    for owner in (await store.new_learner(), "nobody"):
        with pytest.raises(PlanNotFoundError):
            await store.mark_done(owner, [LINEAR], True)
        assert await store.plan(owner) is None
        await store.drop_plan(owner)
    with pytest.raises(ConversationNotFoundError):
        await store.keep_plan("nobody", PROGRESS)


async def test_dropping_a_plan_leaves_the_learner_and_the_plans_of_others(
    store: ConversationStore,
) -> None:
    owner, other = await with_plan(store), await with_plan(store)
    await store.set_learner(owner, LEARNER)
    await store.mark_done(owner, [LINEAR], True)
    await store.drop_plan(owner)
    assert await store.plan(owner) is None
    assert await store.learner(owner) == LEARNER
    assert await store.plan(other) == PROGRESS
    assert (await store.keep_plan(owner, PROGRESS)).finished == {}


async def test_all_who_tick_at_once_are_heard(place: str | Path) -> None:
    async with open_store(place) as one, open_store(place) as other:
        owner = await with_plan(one)
        parts = [LINEAR, ATTENTION, OWN_WORK, ModuleKey(PROJECT, "2")]
        await asyncio.gather(
            *(store.mark_done(owner, [part], True) for store in (one, other) for part in parts),
            other.keep_plan(owner, PROGRESS),
        )
        assert set((await one.plan(owner)).finished) == set(parts)


async def test_nothing_of_a_forgotten_plan_is_left(store: ConversationStore) -> None:
    owner = await with_plan(store)
    await store.mark_done(owner, [LINEAR], True)
    await store.forget(owner)
    assert await store.plan(owner) is None
    assert await rows(store) == []
    ticks = await store._database.read(AsyncConnection.execute, FINISHED_MODULES.select())
    assert ticks.all() == []


async def test_a_plan_of_another_version_that_cannot_be_read_is_none_and_its_ticks_count(
    store: ConversationStore,
) -> None:
    owner = await with_plan(store)
    await store.mark_done(owner, [LINEAR], True)
    unreadable = STUDY_PLANS.update().values(plan={"shape": "another"})
    await store._database.write(AsyncConnection.execute, unreadable)
    assert await store.plan(owner) is None
    assert set((await store.keep_plan(owner, PROGRESS)).finished) == {LINEAR}


async def test_a_database_from_before_there_were_plans_gets_them(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0002"))
        async with open_store(place) as store:
            owner = await store.new_learner()
            await store.set_learner(owner, LEARNER)
    async with open_store(place) as store:
        assert await store.learner(owner) == LEARNER
        assert await store.keep_plan(owner, PROGRESS) == PROGRESS


def test_a_plan_of_the_first_version_can_be_read() -> None:
    """A field that has been added since must have a default."""
    plan = decode(Plan, json.loads(FIRST_VERSION.read_text("utf-8")))
    assert [week.number for week in plan.weeks] == [1, 2]
    assert plan.weeks[0].steps[0].modules[0].key == LINEAR
    assert plan.request.done == {ModuleKey("d2l", "preliminaries")}
    assert (plan.verdict.weeks_least, len(plan.citations), len(plan.left_out)) == (2, 3, 2)


def test_a_plan_is_written_as_values_that_every_database_takes() -> None:
    assert decode(Plan, json.loads(json.dumps(encode(FULL)))) == FULL


async def rows(store: ConversationStore) -> list[object]:
    return list((await store._database.read(AsyncConnection.execute, STUDY_PLANS.select())).all())
