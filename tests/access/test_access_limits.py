"""How often somebody may come, and what has been seen before; the same in both databases."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

import pytest
from access_rows import pass_time, rows

from api.access import limits
from api.access.records import RateLimit
from api.access.store import AccessStore
from api.access.tables import RATE_LIMITS, SCHEMA, SEEN_EVENTS
from corpus.errors import ConversationError
from tutor.memory.opening import open_database

THREE = RateLimit(3, 30)


async def admitted(access: AccessStore, limit: RateLimit, *, subject: str = "somebody") -> int:
    """How many requests in a row are admitted."""
    count = 0
    while not await access.admit(subject, limit):
        count += 1
    return count


@pytest.mark.parametrize("limit", [THREE, RateLimit(1, 60), RateLimit(7, 60), RateLimit(31, 1e6)])
async def test_exactly_the_whole_number_may_come_at_once(
    access: AccessStore, limit: RateLimit
) -> None:
    assert await admitted(access, limit) == limit.requests


async def test_afterwards_they_may_come_evenly_spaced(access: AccessStore) -> None:
    await admitted(access, THREE)
    for _ in range(5):
        await pass_time(access, 10)
        assert await admitted(access, THREE) == 1


async def test_whoever_stays_away_has_the_whole_number_again_and_no_more(
    access: AccessStore,
) -> None:
    for _ in range(2):
        assert await admitted(access, THREE) == 3
        await pass_time(access, 3600)


async def test_whoever_is_refused_is_told_when_to_come_again(access: AccessStore) -> None:
    await admitted(access, THREE)
    wait = await access.admit("somebody", THREE)
    assert 5 < wait <= 10.001
    await pass_time(access, wait - 5)
    assert 0 < await access.admit("somebody", THREE) <= 5.001
    await pass_time(access, 5)
    assert await access.admit("somebody", THREE) == 0.0


async def test_whoever_waits_as_long_as_told_is_admitted(access: AccessStore) -> None:
    quick = RateLimit(1, 0.05)
    for _ in range(20):
        wait = await access.admit("somebody", quick)
        while not wait:
            wait = await access.admit("somebody", quick)
        await asyncio.sleep(wait)
        assert await access.admit("somebody", quick) == 0.0


async def test_refused_requests_do_not_count(access: AccessStore) -> None:
    await admitted(access, THREE)
    for _ in range(50):
        await access.admit("somebody", THREE)
    await pass_time(access, 10)
    assert await access.admit("somebody", THREE) == 0.0


async def test_nobody_takes_the_turn_of_another(access: AccessStore) -> None:
    for subject in ("key:a", "key:b", "203.0.113.7", "", "\ud800", "x" * 100_000):
        assert await admitted(access, THREE, subject=subject) == 3


async def test_two_workers_at_the_limit_at_once_admit_the_whole_number(place: str | Path) -> None:
    async with open_database(place, SCHEMA) as one, open_database(place, SCHEMA) as other:
        workers = [AccessStore(one), AccessStore(other)] * 20
        waits = await asyncio.gather(
            *(worker.admit("somebody", RateLimit(7, 3600)) for worker in workers)
        )
    assert waits.count(0.0) == 7


@pytest.mark.parametrize(("requests", "seconds"), [(0, 60), (1, 0), (1, math.inf), (1, math.nan)])
def test_a_limit_that_nobody_can_keep_is_a_mistake(requests: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="nobody can keep"):
        RateLimit(requests, seconds)


async def test_an_event_is_new_once(access: AccessStore) -> None:
    assert [await access.first_sight("slack:Ev1") for _ in range(3)] == [True, False, False]
    assert await access.first_sight("slack:Ev2")


async def test_and_again_when_it_has_been_forgotten(access: AccessStore) -> None:
    await access.first_sight("slack:Ev1", 900)
    await pass_time(access, 899)
    assert not await access.first_sight("slack:Ev1", 900)
    await pass_time(access, 1)
    assert [await access.first_sight("slack:Ev1") for _ in range(2)] == [True, False]


async def test_of_many_that_receive_an_event_at_once_one_is_the_first(
    place: str | Path,
) -> None:
    async with open_database(place, SCHEMA) as one, open_database(place, SCHEMA) as other:
        workers = [AccessStore(one), AccessStore(other)] * 10
        seen = await asyncio.gather(*(worker.first_sight("slack:Ev1") for worker in workers))
    assert seen.count(True) == 1


async def test_what_makes_no_difference_any_more_is_removed(access: AccessStore) -> None:
    for number in range(5):
        await access.admit(f"guest {number}", THREE)
        await access.first_sight(f"slack:Ev{number}", 900)
    await pass_time(access, 60)  # the requests are over, the events are not
    later = AccessStore(access._database)
    await later.admit("somebody", THREE)
    assert len(await rows(access, RATE_LIMITS)) == 1
    assert len(await rows(access, SEEN_EVENTS)) == 5
    await pass_time(access, 900)
    await later.first_sight("slack:Ev9")
    assert len(await rows(access, SEEN_EVENTS)) == 6  # not at every request


async def test_an_answer_does_not_depend_on_the_removal(
    access: AccessStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> None:
        raise OSError("busy")

    monkeypatch.setattr("api.access.store.remove_what_is_over", busy)
    assert await access.admit("somebody", THREE) == 0.0
    with pytest.raises(ConversationError, match="busy"):
        await access._database.write(busy)


async def test_two_processes_that_remove_at_once_do_not_wait_for_one_another(
    postgresql: str,
) -> None:
    async with open_database(postgresql, SCHEMA) as one, open_database(postgresql, SCHEMA) as other:
        await AccessStore(one).admit("somebody", THREE)
        await AccessStore(one).first_sight("slack:Ev1")
        await pass_time(AccessStore(one), 3600)

        async def while_the_other_does(connection: object) -> None:
            await limits.remove_what_is_over(connection)
            await asyncio.wait_for(other.write(limits.remove_what_is_over), 10)

        await one.write(while_the_other_does)
        assert await rows(AccessStore(one), RATE_LIMITS) == []


async def test_subjects_and_events_are_kept_as_digests_only(tmp_path: Path) -> None:
    async with open_database(tmp_path / "conversations.sqlite", SCHEMA) as database:
        access = AccessStore(database)
        await access.admit("203.0.113.7", THREE)
        await access.first_sight("slack:Ev0123456")
        assert not any(is_in_files(tmp_path, text) for text in ("203.0.113.7", "Ev0123456"))


def is_in_files(directory: Path, text: str) -> bool:
    return any(text.encode() in file.read_bytes() for file in directory.iterdir())
