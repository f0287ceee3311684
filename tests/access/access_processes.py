"""Runs as a program: another process that uses the same store.

usage: access_processes.py SCENARIO PLACE
It prints "ready", waits for a line of input, then prints what it was told.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from api.access.records import RateLimit
from api.access.store import AccessStore
from api.access.tables import SCHEMA
from tutor.memory.opening import open_database

EVENTS = 20
REQUESTS = 30
LIMIT = RateLimit(10, 3600)


def ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


async def coming(access: AccessStore) -> None:
    """Comes more often than is allowed, and prints how often it was admitted."""
    ready()
    waits = await asyncio.gather(*(access.admit("somebody", LIMIT) for _ in range(REQUESTS)))
    print(waits.count(0.0))


async def receiving(access: AccessStore) -> None:
    """Receives events that others receive too, and prints those that it saw first."""
    ready()
    for event in range(EVENTS):
        if await access.first_sight(f"slack:Ev{event}"):
            print(event)


async def opening(_access: AccessStore) -> None:
    """Only opens the store."""
    print("opened")


SCENARIOS: dict[str, Callable[[AccessStore], Awaitable[None]]] = {
    scenario.__name__: scenario for scenario in (coming, receiving, opening)
}


async def main(scenario: str, place: str) -> None:
    if scenario == "opening":  # All of them at the same moment, after the slow imports.
        ready()
    async with open_database(place if "://" in place else Path(place), SCHEMA) as database:
        await SCENARIOS[scenario](AccessStore(database))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
