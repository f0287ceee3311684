"""Several processes on one database, and processes that die."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from memory_material import ANSWER
from memory_processes import NAMES, TURNS
from other_process import Other
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.types import Language
from tutor.memory.opening import open_store
from tutor.memory.tables import LEARNERS

PROGRAM = Path(__file__).with_name("memory_processes.py")


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


async def begun(place: str | Path) -> tuple[str, str]:
    async with open_store(place) as store:
        owner = await store.new_learner()
        return owner, await store.new_conversation(owner, Language.CHINESE)


async def test_of_two_processes_exactly_one_answers(
    place: str | Path, processes: ExitStack
) -> None:
    ids = await begun(place)
    others = [processes.enter_context(Other(PROGRAM, "holding", place, *ids)) for _ in range(2)]
    assert [other.says() for other in others] == ["ready"] * 2
    for other in others:
        other.go_on()
    assert sorted(other.says() for other in others) == ["busy", "won"]


async def test_two_processes_lose_no_turn(place: str | Path, processes: ExitStack) -> None:
    ids = await begun(place)
    others = [
        processes.enter_context(Other(PROGRAM, "taking_turns", place, *ids)) for _ in range(2)
    ]
    assert [other.says() for other in others] == ["ready"] * 2
    for other in others:
        other.go_on()
    assert [other.ends() for other in others] == [0, 0]
    async with open_store(place) as store:
        questions = (await store.messages(*ids))[::2]
    assert [each.turn for each in questions] == list(range(1, 2 * TURNS + 1))
    assert len({each.text for each in questions}) == 2 * TURNS


async def test_nothing_is_left_of_a_turn_whose_process_was_killed(
    place: str | Path, processes: ExitStack
) -> None:
    ids = await begun(place)
    other = processes.enter_context(Other(PROGRAM, "killed_before_commit", place, *ids))
    assert other.ends() == -9
    async with open_store(place) as store:
        assert await store.messages(*ids) == []
        assert await store.learner(ids[0]) is None
        async with store.lease(*ids, wait=30) as lease:  # that of the dead process runs out
            await store.add_turn(lease, "问题", ANSWER)
        assert len(await store.messages(*ids)) == 2


async def test_what_was_reported_stored_survives_a_kill(
    place: str | Path, processes: ExitStack
) -> None:
    ids = await begun(place)
    other = processes.enter_context(Other(PROGRAM, "answering", place, *ids))
    reported = [other.says() for _ in range(5)]
    other.process.kill()
    reported += other.process.stdout.read().split()
    async with open_store(place) as store:
        questions = [each.text for each in (await store.messages(*ids))[::2]]
    # The last one may have been stored and not yet reported.
    assert questions[: len(reported)] == [f"问题{number}" for number in reported]
    assert len(questions) <= len(reported) + 1


async def test_two_processes_that_meet_somebody_at_once_know_them_by_one_id(
    place: str | Path, processes: ExitStack
) -> None:
    ids = await begun(place)
    others = [processes.enter_context(Other(PROGRAM, "meeting", place, *ids)) for _ in range(2)]
    assert [other.says() for other in others] == ["ready"] * 2
    for other in others:
        other.go_on()
    first, second = (other.process.stdout.read().split() for other in others)
    assert first == second
    assert len(set(first)) == 2 * NAMES
    async with open_store(place) as store:
        learners = await store._database.read(AsyncConnection.execute, LEARNERS.select())
        assert len(learners.all()) == 1 + NAMES  # the slower one left nobody behind
        assert len(await store.conversations(ids[0])) == 1 + NAMES


async def test_processes_that_start_at_once_make_the_tables_once(
    place: str | Path, processes: ExitStack
) -> None:
    others = [processes.enter_context(Other(PROGRAM, "opening", place)) for _ in range(3)]
    assert [other.says() for other in others] == ["ready"] * 3
    for other in others:
        other.go_on()
    assert [other.says() for other in others] == ["opened"] * 3
    assert [other.ends() for other in others] == [0] * 3
