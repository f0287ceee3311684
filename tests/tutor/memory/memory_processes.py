"""Runs as a program: another process that uses the same store.

usage: memory_processes.py SCENARIO PLACE OWNER CONVERSATION
It prints a line when it has come to the point of its scenario, and goes on at a line of input.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

from memory_material import answer_to, place_named

from corpus.errors import ConversationBusyError
from corpus.types import Language
from tutor.memory import operations
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore

TURNS = 8
NAMES = 20


def die(*_args: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def killed_before_commit(store: ConversationStore, owner: str, conversation: str) -> None:
    """Dies when the messages have been sent to the database and the profile has not."""
    operations.add_profile_of_turn = die
    async with store.lease(owner, conversation) as lease:
        await store.add_turn(lease, "这个问题不会留下", answer_to("这个问题不会留下"))


async def answering(store: ConversationStore, owner: str, conversation: str) -> None:
    """Answers one question at a time for as long as it lives, and says what is stored."""
    number = 0
    while True:
        async with store.lease(owner, conversation, wait=30) as lease:
            await store.add_turn(lease, f"问题{number}", answer_to(f"问题{number}"))
        print(number, flush=True)
        number += 1


async def holding(store: ConversationStore, owner: str, conversation: str) -> None:
    """Tries to get the lease at once, and keeps it."""
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        async with store.lease(owner, conversation):
            print("won", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
    except ConversationBusyError:
        print("busy", flush=True)


async def taking_turns(store: ConversationStore, owner: str, conversation: str) -> None:
    """Asks several questions, waiting for whoever else asks in the same conversation."""
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(TURNS):
        async with store.lease(owner, conversation, wait=60) as lease:
            await store.load(owner, conversation)
            await store.add_turn(lease, f"{os.getpid()} {number}", answer_to("问题"))


async def meeting(store: ConversationStore, owner: str, _conversation: str) -> None:
    """Meets learners and conversations by the names that they have elsewhere."""
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(NAMES):
        print(await store.learner_for("slack", f"U{number}"))
        print(await store.conversation_for(owner, f"C{number}", Language.CHINESE))


async def opening(_store: ConversationStore, *_ids: str) -> None:
    """Only opens the store."""
    print("opened", flush=True)


SCENARIOS: dict[str, Callable[..., Awaitable[None]]] = {
    scenario.__name__: scenario
    for scenario in (killed_before_commit, answering, holding, taking_turns, meeting, opening)
}


async def main(scenario: str, place: str, owner: str = "", conversation: str = "") -> None:
    if scenario == "opening":  # All of them at the same moment, after the slow imports.
        print("ready", flush=True)
        sys.stdin.readline()
    async with open_store(place_named(place), lease_seconds=1.5) as store:
        await SCENARIOS[scenario](store, owner, conversation)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
