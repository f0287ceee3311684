"""What happens on each interaction: a reply at once, and an answer later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Final

from api.discord import commands, components, words
from api.discord.answering import Answering, Question
from api.discord.failures import reason
from api.discord.interactions import Command, Interaction, Origin, Ping, Press
from api.discord.messages import DEFERRED, PONG, Payload, replaced, whispered
from api.discord.profile import (
    clear_goal,
    forget,
    question_of,
    remark,
    set_goal,
    show_profile,
)
from api.discord.signatures import Signatures
from api.errors import shutting_down
from api.http.services import Services
from corpus.errors import UsageError
from corpus.types import Goal
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.records import FeedbackKind
from tutor.memory.store import ConversationStore
from tutor.question import readable_question

_SECONDS_TO_REPLY: Final = 2.0  # Discord gives up after 3
_PROFILE_PRESSES: Final = {
    components.CLEAR_GOAL: clear_goal,
    components.FORGET: forget,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What Discord gets at once, and what is to be done after that."""

    payload: Payload
    later: Callable[[], Coroutine[None, None, None]] | None = None


class DiscordDoor:
    """The running door of one server process."""

    def __init__(self, services: Services, signatures: Signatures, answering: Answering) -> None:
        self.signatures = signatures
        self._services = services
        self._answering = answering
        self._tasks: set[asyncio.Task[None]] = set()

    async def reply(self, interaction: Interaction) -> Reply:
        """The reply to an interaction, within two seconds; failures are told in it."""
        if isinstance(interaction, Ping):
            return Reply(PONG)
        language = interaction.language
        try:
            async with asyncio.timeout(_SECONDS_TO_REPLY):
                return await self._reply(interaction)
        except TimeoutError:
            return Reply(whispered(words.TOO_SLOW.text(language)))
        except ConversationNotFoundError:
            return Reply(whispered(words.NOT_YOURS.text(language)))
        except Exception as error:  # noqa: BLE001 - the person must get a sentence
            return Reply(whispered(reason(error, language)))

    async def start(self, later: Callable[[], Coroutine[None, None, None]]) -> None:
        """Does something without anybody waiting for it, except `finish`."""
        task = asyncio.create_task(later())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Waits until everything is done; breaks off what is not after `seconds`."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _reply(self, interaction: Command | Press) -> Reply:
        if isinstance(interaction, Press):
            return await self._pressed(interaction)
        match interaction.data.name:
            case commands.ASK:
                question = readable_question(interaction.option(commands.QUESTION) or "")
                goal = _goal(interaction.option(commands.GOAL))
                return self._answer_later(interaction, Question(question, goal))
            case commands.GOAL:
                return Reply(await self._goal(interaction))
            case commands.FORGET:
                language = interaction.language
                asked = words.FORGET_QUESTION.text(language)
                return Reply(whispered(asked, components.forget_rows(language)))
        raise UsageError(words.UNKNOWN_COMMAND)

    async def _goal(self, command: Command) -> Payload:
        goal = _goal(command.option(commands.GOAL))
        if goal is None:
            return await show_profile(self._store, command)
        return await set_goal(self._store, command, goal)

    async def _pressed(self, press: Press) -> Reply:
        does, kept = components.read_id(press.data.custom_id)
        if kept is None:
            if does == components.KEEP:
                return Reply(replaced(words.KEPT.text(press.language)))
            if act := _PROFILE_PRESSES.get(does):
                return Reply(await act(self._store, press))
        elif does == components.AGAIN:
            text, place = await question_of(self._store, press, kept)
            goal = _goal(next(iter(press.data.values), ""))
            return self._answer_later(press, Question(text, goal, place))
        elif does in set(FeedbackKind):
            return Reply(await remark(self._store, press, kept, FeedbackKind(does)))
        raise UsageError(words.UNKNOWN_COMMAND)

    def _answer_later(self, origin: Origin, question: Question) -> Reply:
        if self._services.desk.draining:
            raise shutting_down()
        return Reply(DEFERRED, lambda: self._answering.answer(origin, question))

    @property
    def _store(self) -> ConversationStore:
        return self._services.conversations


def _goal(value: str | None) -> Goal | None:
    """The goal that was chosen, None where none was. Raises UsageError for an unknown one."""
    if value is None:
        return None
    try:
        return Goal(value)
    except ValueError:
        raise UsageError(words.UNKNOWN_GOAL) from None
