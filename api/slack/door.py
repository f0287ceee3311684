"""The Slack door of one running server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from fastapi import Request
from fastapi.responses import Response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import (
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from api.http.services import Services
from api.slack.connection import Connection
from api.slack.guard import RefusedError, signed_body, unreadable
from api.slack.listeners import bolt_app
from api.slack.tasks import Tasks
from api.slack.web_api import library_log, web_client

_CALL_SECONDS: Final = 30.0
_LAST_WORDS_SECONDS: Final = 10.0  # for what is said about answers that were broken off


class SlackDoor:
    """Takes the requests of Slack; without `signing_secret` it refuses them all."""

    def __init__(self, app: AsyncApp, signing_secret: str | None, most_bytes: int) -> None:
        self._app = app
        self._signing_secret = signing_secret
        self._most_bytes = most_bytes

    async def receive(self, request: Request) -> Response:
        """Acknowledges an event, an interaction or a command; refuses everything else."""
        try:
            body = await signed_body(request, self._signing_secret, self._most_bytes)
            bolt_request = _readable(request, body)
        except RefusedError as refusal:
            return refusal.response(request)
        return to_starlette_response(await self._app.async_dispatch(bolt_request))


def _readable(request: Request, body: bytes) -> AsyncBoltRequest:
    try:
        # The stream of the request has been read: Bolt's own handler would wait for it.
        return to_async_bolt_request(request, body)
    except (AttributeError, KeyError, TypeError) as error:
        # Bolt looks for ids where Slack never puts anything else.
        raise unreadable() from error


@asynccontextmanager
async def opened(services: Services, bot_token: str, pace: float) -> AsyncIterator[SlackDoor]:
    """The door, with Socket Mode as well where the settings hold an app token.

    Leaving it waits for the answers that are being written.
    """
    settings = services.settings
    secret = settings.slack_signing_secret
    signing_secret = secret.get_secret_value() if secret else None
    app_token = settings.slack_app_token
    tasks = Tasks()
    timeout = aiohttp.ClientTimeout(total=_CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        client = web_client(bot_token, settings.slack_api_url, session)
        app = bolt_app(Connection(services, client, pace), tasks, signing_secret or "")
        try:
            async with _socket_mode(app, app_token.get_secret_value() if app_token else None):
                yield SlackDoor(app, signing_secret, settings.max_body_bytes)
        finally:
            await tasks.finished(settings.drain_seconds + _LAST_WORDS_SECONDS)


@asynccontextmanager
async def _socket_mode(app: AsyncApp, app_token: str | None) -> AsyncIterator[None]:
    """Takes the same requests over a connection of our own, which needs no public address."""
    if app_token is None:
        yield
        return
    handler = AsyncSocketModeHandler(app, app_token, logger=library_log())
    # It tries again until it is connected: the server must not wait for Slack.
    connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        connecting.cancel()
        await asyncio.wait([connecting])
        await handler.client.close()  # type: ignore[no-untyped-call]
