"""The Discord door in a real application, and a Discord that signs what it sends there."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fake_discord import FakeDiscord
from fastapi import FastAPI

from api.discord.answering import Answering
from api.discord.door import DiscordDoor
from api.discord.rest import DiscordApi, open_client
from api.discord.routes import PATH, router
from api.discord.signatures import Signatures
from api.http.errors import add_error_handlers
from api.http.services import Services
from api.memory import open_stores
from api.plan_desk import PlanDesk
from api.server_settings import ServerSettings
from api.turns import AnswerDesk, Asked
from corpus.embedding import Embedder
from corpus.index import Index
from tests.api.scripted_tutor import events_of
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Event
from tutor.understanding import Wishes

APPLICATION = "4711"
LI = "1001"
WANG = "1002"
_numbers = itertools.count(5000)


class Bot:
    """A running application; `discord` is what it speaks to."""

    def __init__(
        self, application: FastAPI, services: Services, discord: FakeDiscord, key: Ed25519PrivateKey
    ) -> None:
        self.services = services
        self.discord = discord
        self._application = application
        self._key = key

    async def send(self, interaction: Any) -> dict[str, Any]:
        """Sends an interaction as Discord does; gives the reply."""
        response = await self.post(json.dumps(interaction).encode())
        assert response.status_code == 200, response.text
        return response.json()

    async def post(self, body: bytes, **changed: str | None) -> httpx.Response:
        """A signed request; of `signature` and `timestamp` what is given goes instead, or not."""
        timestamp = changed.get("timestamp") or str(int(time.time()))
        given = {"timestamp": timestamp, "signature": self.signature(timestamp, body)} | changed
        names = {"timestamp": "X-Signature-Timestamp", "signature": "X-Signature-Ed25519"}
        headers = [
            (names[name].encode(), value.encode("latin-1"))
            for name, value in given.items()
            if value is not None
        ]
        transport = httpx.ASGITransport(self._application)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await client.post(PATH, content=body, headers=headers)

    def signature(self, timestamp: str, body: bytes) -> str:
        """What Discord signs."""
        return self._key.sign(timestamp.encode() + body).hex()

    async def answered(self, interaction: Any) -> list[str]:
        """Everything that is written for an interaction, once it is all there."""
        before = len(self.discord.calls)
        assert await self.send(interaction) == {"type": 5}
        await self.settled()
        calls = self.discord.calls[before:]
        edits = [call.content for call in calls if call.method == "PATCH"]
        return [edits[-1], *(call.content for call in calls if call.method == "POST")]

    async def settled(self) -> None:
        """Waits until all that was begun is done."""
        await self._application.state.discord.finish(20)

    @property
    def rows(self) -> list[Any]:
        """What stands below the newest message."""
        return self.discord.calls[-1].body["components"]

    def custom_id(self, does: str) -> str:
        """The id of the component below the newest message that does this."""
        ids = [each["custom_id"] for row in self.rows for each in row["components"]]
        (found,) = [id for id in ids if id.split(":")[0] == does]
        return found


@dataclass
class GatedTutor:
    """Gives `after` events of `answer`, then waits for `go_on`, then raises `error` or goes on.

    `waiting` is set once it waits.
    """

    answer: Answer
    after: int
    error: Exception | None = None
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        for number, event in enumerate(events_of(replace(self.answer, question=question))):
            if number == self.after:
                self.waiting.set()
                await self.go_on.wait()
                if self.error is not None:
                    raise self.error
            yield event


@asynccontextmanager
async def opened_services(
    tutor: Asked, directory: Path, **settings: Any
) -> AsyncIterator[Services]:
    """A tutor over real stores."""
    made = ServerSettings(data=directory, **settings)
    async with open_stores(made) as stores:
        desk = AnswerDesk(tutor, stores.conversations, seconds=made.answer_seconds)
        nothing = (cast(Index, None), cast(Embedder, None), None, cast(PlanDesk, None))
        yield Services(made, desk, stores.conversations, stores.access, *nothing)


@asynccontextmanager
async def running(
    tutor: Asked, directory: Path, discord: FakeDiscord, **settings: Any
) -> AsyncIterator[Bot]:
    """The application around `tutor`, with pauses so short that tests need not wait for them."""
    key = Ed25519PrivateKey.generate()
    async with (
        opened_services(tutor, directory, **settings) as services,
        _short_pauses(services, discord.url, public_key(key)) as door,
    ):
        yield Bot(application(services, door), services, discord, key)


def application(services: Services, door: DiscordDoor) -> FastAPI:
    """An application with this door only."""
    made = FastAPI(max_body_size=services.settings.max_body_bytes)
    add_error_handlers(made)
    made.include_router(router())
    made.state.discord = door
    return made


def public_key(key: Ed25519PrivateKey) -> str:
    """As the developer portal shows it."""
    return key.public_key().public_bytes_raw().hex()


@asynccontextmanager
async def _short_pauses(services: Services, url: str, key: str) -> AsyncIterator[DiscordDoor]:
    async with open_client(url) as client:
        api = DiscordApi(client, first_pause=0.01)
        door = DiscordDoor(services, Signatures(key), Answering(services, api, pause=0.01))
        try:
            yield door
        finally:
            await door.finish(5)


Running = AbstractAsyncContextManager[Bot]
Start = Callable[..., Running]


def ask(question: str | None, goal: str | None = None, **changed: Any) -> dict[str, Any]:
    """Somebody enters /ask."""
    return command("ask", {"question": question, "goal": goal}, **changed)


def command(name: str, options: dict[str, str | None], **changed: Any) -> dict[str, Any]:
    """Somebody enters a slash command."""
    given = [{"name": n, "type": 3, "value": v} for n, v in options.items() if v is not None]
    data = {"id": "1", "name": name, "type": 1, "options": given}
    return _interaction(2, data, **changed)


def press(custom_id: str, *values: str, **changed: Any) -> dict[str, Any]:
    """Somebody presses a button, or chooses from a menu."""
    data = {"custom_id": custom_id, "component_type": 3 if values else 2, "values": list(values)}
    return _interaction(3, data, **changed)


def _interaction(type: int, data: Any, by: str = LI, **changed: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "type": type,
        "id": str(number),
        "application_id": APPLICATION,
        "token": f"token-{number}",
        "channel_id": "77",
        "guild_id": "7",
        "member": {"user": {"id": by, "username": "li"}, "roles": []},
        "locale": "zh-CN",
        "version": 1,
        "data": data,
    } | changed


def long_answer(answer: Answer, paragraphs: int) -> Answer:
    """`answer` with as many paragraphs, each of them citing a source of its own."""
    said = "先跑通一个模型，再回头补需要的那一块，" * 12
    numbered = [
        replace(answer.citations[0], number=number, quote="缺什么补什么，" * 40)
        for number in range(1, paragraphs + 1)
    ]
    text = "\n\n".join(f"{said}就够了[{number}]。" for number in range(1, paragraphs + 1))
    return replace(answer, text=text, citations=tuple(numbered))
