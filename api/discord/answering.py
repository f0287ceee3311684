"""Answering a question in the message that stands for the answer from the beginning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from api.discord import words
from api.discord.answer_text import (
    answer_messages,
    failure_message,
    status_message,
    unfinished_message,
)
from api.discord.components import KeptAnswer, answer_rows
from api.discord.failures import reason
from api.discord.interactions import Origin
from api.discord.messages import Payload, message
from api.discord.progress import PAUSE, Progress
from api.discord.rest import DiscordApi
from api.http.services import Services
from api.limits import admit
from api.turns import Asking, Place, TurnEnded, TurnEvent
from corpus.language import detect_language
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer
from tutor.events import Done, LearnerUnderstood, Notice, SentenceReady, SourcesFound
from tutor.understanding import Wishes

NAMESPACE: Final = "discord"


@dataclass(frozen=True, slots=True)
class Question:
    """A readable question; without a `place` it belongs to the channel that it comes from."""

    text: str
    goal: Goal | None = None
    place: Place | None = None


class Answering:
    """Answers the questions of all channels; progress is shown every `pause` seconds."""

    def __init__(self, services: Services, api: DiscordApi, pause: float = PAUSE) -> None:
        self._services = services
        self._api = api
        self._pause = pause

    async def answer(self, origin: Origin, question: Question) -> None:
        """Asks, shows what is written, and sends the whole; failures are told there as well.

        The same interaction a second time is passed over.
        """
        language = _language_of(question.text, origin)
        told = _Told(question.text, language)
        try:
            if not await self._services.access.first_sight(f"{NAMESPACE}:{origin.id}"):
                return
            async with Progress(lambda text: self._show(origin, text), self._pause) as progress:
                progress.show(told.so_far)
                await self._hear(origin, question, told, progress)
            messages = told.messages()
        except Exception as error:  # noqa: BLE001 - whoever asked must not wait in vain
            messages = [message(failure_message(question.text, reason(error, told.language)))]
        await self._send(origin, messages)

    async def _hear(
        self, origin: Origin, question: Question, told: _Told, progress: Progress
    ) -> None:
        limit = self._services.settings.address_rate
        await admit(self._services.access, f"{NAMESPACE}:{origin.user_id}", limit)
        place = question.place or await self._place(origin, told.language)
        asking = Asking(question.text, Wishes(goal=question.goal), place)
        async with await self._services.desk.begin(asking) as answering:
            async for event in answering:
                told.take(event)
                progress.show(told.so_far)

    async def _place(self, origin: Origin, language: Language) -> Place:
        store = self._services.conversations
        owner = await store.learner_for(NAMESPACE, origin.user_id)
        return Place(owner, await store.conversation_for(owner, origin.channel_id, language))

    async def _show(self, origin: Origin, text: str) -> float:
        return await self._api.try_edit_original(origin, message(text))

    async def _send(self, origin: Origin, messages: list[Payload]) -> None:
        first, *others = messages
        delivered = await self._api.edit_original(origin, first)
        for each in others:
            # Without what goes before it, a message is of no use.
            delivered = delivered and await self._api.follow_up(origin, each)


@dataclass(slots=True)
class _Told:
    """What is known of an answer while its events come in."""

    question: str
    language: Language
    status: str = ""
    text: str = ""
    notices: list[Bilingual] = field(default_factory=list)
    answer: Answer | None = None
    ended: TurnEnded | None = None

    def take(self, event: TurnEvent) -> None:
        match event:
            case LearnerUnderstood(learner):
                self.language = learner.language
            case SourcesFound(sources) if sources:
                self.status = words.READING.text(self.language).format(n=len(sources))
            case SentenceReady(sentence):
                self.text += sentence.before + sentence.text
            case Notice(notice):
                self.notices.append(notice)
            case Done(answer):
                self.answer = answer
            case TurnEnded():
                self.ended = event

    @property
    def so_far(self) -> str:
        """The content of the message at this moment."""
        if self.text:
            return unfinished_message(self.question, self.text)
        status = self.status or words.LOOKING_UP.text(self.language)
        return status_message(self.question, status)

    def messages(self) -> list[Payload]:
        """All messages of the whole answer; the last one takes remarks where it was kept."""
        assert self.answer is not None  # noqa: S101 - every answer ends with it
        *before, last = answer_messages(self.question, self.answer, self.notices)
        return [*map(message, before), message(last, self._rows(self.answer))]

    def _rows(self, answer: Answer) -> list[Payload]:
        ended = self.ended
        says_something = answer.abstained or answer.citations
        if not says_something or ended is None or not (ended.conversation_id and ended.message_id):
            return []
        return answer_rows(KeptAnswer(ended.conversation_id, ended.message_id), answer.language)


def _language_of(question: str, origin: Origin) -> Language:
    readable = any(character.isalpha() for character in question)
    return detect_language(question) if readable else origin.language
