"""The calls to Discord's own HTTP API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version
from typing import Any, Final

import httpx

from api.discord.interactions import Origin
from api.discord.messages import Payload

_log = logging.getLogger(__name__)

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_TRIES: Final = 5
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time
_LONGEST_WAIT: Final = 300.0  # seconds; a token is good for 900
_TOO_MANY_REQUESTS: Final = 429
_NOT_FOUND: Final = 404
_SERVER_ERROR: Final = 500
_WEBHOOK_PATH: Final = "/webhooks/"


class DiscordApi:
    """Sends messages in the name of interactions, over a client that knows the base address.

    Nothing is raised: what could not be delivered is logged in one line without any of its text.
    `first_pause` is in seconds.
    """

    def __init__(self, client: httpx.AsyncClient, *, first_pause: float = _FIRST_PAUSE) -> None:
        self._client = client
        self._first_pause = first_pause

    async def edit_original(self, origin: Origin, message: Payload) -> bool:
        """Replaces the first reply to an interaction; False where that did not succeed."""
        return await self._deliver("PATCH", f"{_webhook(origin)}/messages/@original", message)

    async def follow_up(self, origin: Origin, message: Payload) -> bool:
        """Adds a further message; False where that did not succeed."""
        return await self._deliver("POST", _webhook(origin), message)

    async def try_edit_original(self, origin: Origin, message: Payload) -> float:
        """The same as `edit_original` once; how many seconds to wait before the next call."""
        path = f"{_webhook(origin)}/messages/@original"
        wait, _ = await self._call("PATCH", path, message)
        return wait or 0.0

    async def _deliver(self, method: str, path: str, message: Payload) -> bool:
        pause, problem = self._first_pause, ""
        for tries_left in reversed(range(_TRIES)):
            wait, problem = await self._call(method, path, message)
            if not problem:
                return True
            if wait is None or not tries_left:
                break
            await asyncio.sleep(max(wait, pause))
            pause *= 2
        _log.warning("Discord did not take a message: %s", problem)
        return False

    async def _call(self, method: str, path: str, message: Payload) -> tuple[float | None, str]:
        """How long to wait before another try, None where that is no use; and what went wrong."""
        try:
            response = await self._client.request(method, path, json=message)
        except httpx.HTTPError as error:
            return 0.0, type(error).__name__
        if response.is_success:
            return 0.0, ""
        return _wait(response), _problem(response)


@asynccontextmanager
async def open_client(base_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client for Discord's API, whose requests are not logged: addresses hold tokens."""
    agent = f"DiscordBot (https://github.com/xianhou/xianhou-tutor, {version('xianhou-tutor')})"
    client = httpx.AsyncClient(base_url=base_url, timeout=_TIMEOUT, headers={"User-Agent": agent})
    with _unlogged_tokens():
        async with client:
            yield client


@contextmanager
def _unlogged_tokens() -> Iterator[None]:
    logger = logging.getLogger("httpx")
    logger.addFilter(_names_no_webhook)
    try:
        yield
    finally:
        logger.removeFilter(_names_no_webhook)


def _names_no_webhook(record: logging.LogRecord) -> bool:
    return _WEBHOOK_PATH not in record.getMessage()


def _webhook(origin: Origin) -> str:
    return f"{_WEBHOOK_PATH}{origin.application_id}/{origin.token}"


def _wait(response: httpx.Response) -> float | None:
    status = response.status_code
    if status == _TOO_MANY_REQUESTS:
        wait = _retry_after(response)
        return wait if wait <= _LONGEST_WAIT else None
    # Discord may not yet know of a reply that has only just been given.
    return 0.0 if status == _NOT_FOUND or status >= _SERVER_ERROR else None


def _retry_after(response: httpx.Response) -> float:
    """Seconds, which Discord gives in the body with decimals, and in a header without."""
    given = _json_object(response).get("retry_after", response.headers.get("retry-after"))
    try:
        seconds = float(given)
    except (TypeError, ValueError):
        return 1.0
    return seconds if seconds >= 0 else 1.0


def _problem(response: httpx.Response) -> str:
    code = _json_object(response).get("code")
    said = f", error code {code}" if isinstance(code, int) else ""
    return f"HTTP status {response.status_code}{said}"


def _json_object(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
