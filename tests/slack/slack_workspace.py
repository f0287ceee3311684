"""A server with the Slack door, and requests to it as Slack signs them."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from fake_slack import FakeSlack
from fastapi import FastAPI

from api.http.services import Services
from api.memory import open_stores
from api.server_settings import ServerSettings
from api.slack import open_slack, router
from api.turns import AnswerDesk, Asked

SECRET = "the signing secret"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
ADDRESS = "/slack/events"


def signature(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    """Slack's signature of a body."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, sha256).hexdigest()


def mention(text: str, *, user: str = "U1", ts: str = "100.1", **more: Any) -> dict[str, Any]:
    """Somebody mentions the bot in the channel C1."""
    said = f"<@UBOT> {text}"
    return {"type": "app_mention", "channel": "C1", "user": user, "ts": ts, "text": said, **more}


def direct(text: str, *, user: str = "U1", ts: str = "200.1", **more: Any) -> dict[str, Any]:
    """Somebody writes to the bot in their direct messages, the channel D1."""
    place = {"type": "message", "channel": "D1", "channel_type": "im"}
    return {**place, "user": user, "ts": ts, "text": text, **more}


@dataclass(frozen=True)
class Workspace:
    """A running server that Slack sends requests to."""

    services: Services
    slack: FakeSlack
    client: httpx.AsyncClient

    async def post(self, body: bytes, kind: str = JSON, **headers: Any) -> httpx.Response:
        """Sends a body with a valid signature of now, unless `headers` say otherwise."""
        timestamp = str(int(time.time()))
        sent = {
            "content-type": kind,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature(body, timestamp),
        }
        for name, value in headers.items():
            sent[name.replace("_", "-")] = value
        return await self.client.post(ADDRESS, content=body, headers=sent)

    async def event(self, event: dict[str, Any], event_id: str | None = None) -> httpx.Response:
        """Sends an event; each one that is given no id has its own."""
        id = event_id or f"Ev{id_of(event)}"
        body = {"type": "event_callback", "team_id": "T1", "event_id": id, "event": event}
        return await self.post(json.dumps(body).encode())

    async def click(
        self, block: dict[str, Any], action_id: str, *, user: str = "U1", option: str | None = None
    ) -> httpx.Response:
        """Somebody presses a control below a message in the thread 100.1 of C1."""
        element = next(each for each in block["elements"] if each["action_id"] == action_id)
        action = {"type": element["type"], "action_id": action_id, "block_id": block["block_id"]}
        if option is None:
            action["text"] = element["text"]
        else:
            options = element["options"]
            action["selected_option"] = next(each for each in options if each["value"] == option)
        payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": user, "team_id": "T1"},
            "channel": {"id": "C1"},
            "message": {"ts": "100.9", "thread_ts": "100.1"},
            "actions": [action],
        }
        return await self.post(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    async def command(self, name: str = "/forget", *, user: str = "U1") -> httpx.Response:
        """Somebody gives a slash command."""
        fields = {
            "command": name,
            "text": "",
            "team_id": "T1",
            "channel_id": "C9",
            "user_id": user,
            "response_url": f"{self.slack.base}/respond",
        }
        return await self.post(urlencode(fields).encode(), FORM)

    async def person(self, user: str = "U1") -> str | None:
        """The learner who somebody is."""
        return await self.services.conversations.learner_named("slack", f"T1:{user}")


Start = Callable[..., AbstractAsyncContextManager[Workspace]]


def id_of(event: dict[str, Any]) -> str:
    """An id for an event that its content decides."""
    return sha256(json.dumps(event).encode()).hexdigest()[:12]


@asynccontextmanager
async def workspace(
    tutor: Asked, directory: Path, slack: FakeSlack, *, pace: float = 0.01, **settings: Any
) -> AsyncIterator[Workspace]:
    """A server over the database in `directory`."""
    given = {
        "data": directory,
        "slack_bot_token": "xoxb-of-a-test",
        "slack_signing_secret": SECRET,
        "slack_api_url": slack.url,
        "drain_seconds": 5.0,
        **settings,
    }
    chosen = ServerSettings.model_validate(given)
    async with open_stores(chosen) as stores:
        desk = AnswerDesk(tutor, stores.conversations, seconds=chosen.answer_seconds)
        unused = cast(Any, None)
        nothing = (unused, unused, None, unused)
        services = Services(chosen, desk, stores.conversations, stores.access, *nothing)
        async with open_slack(services, pace=pace) as door:
            application = FastAPI()
            application.include_router(router())
            application.state.slack = door
            transport = httpx.ASGITransport(application)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                yield Workspace(services, slack, client)
