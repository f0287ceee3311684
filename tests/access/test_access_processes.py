"""Several processes at the same doors."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from access_processes import EVENTS, LIMIT

from api.access.tables import SCHEMA
from tests.tutor.memory.other_process import Other
from tutor.memory.opening import open_database

PROGRAM = Path(__file__).with_name("access_processes.py")


async def said_at_once(scenario: str, place: str | Path, processes: int) -> list[list[str]]:
    """What each process says after all of them were let go at the same moment."""
    with ExitStack() as stack:
        others = [stack.enter_context(Other(PROGRAM, scenario, place)) for _ in range(processes)]
        assert [other.says() for other in others] == ["ready"] * processes
        for other in others:
            other.go_on()
        said = [other.process.stdout.read().split() for other in others]
        assert [other.ends() for other in others] == [0] * processes
    return said


@pytest.fixture
async def opened(place: str | Path) -> str | Path:
    """A place where the tables are."""
    async with open_database(place, SCHEMA):
        return place


async def test_two_processes_together_admit_no_more_than_the_limit(opened: str | Path) -> None:
    admitted = await said_at_once("coming", opened, processes=2)
    assert sum(int(count) for (count,) in admitted) == LIMIT.requests


async def test_an_event_that_two_workers_receive_is_new_to_one_of_them(
    opened: str | Path,
) -> None:
    first, second = await said_at_once("receiving", opened, processes=2)
    assert sorted(map(int, first + second)) == list(range(EVENTS))


async def test_processes_that_start_at_once_make_the_tables_once(place: str | Path) -> None:
    assert await said_at_once("opening", place, processes=3) == [["opened"]] * 3
