"""A response of server-sent events that ends with its answer and keeps idle connections open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final

from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Receive, Scope, Send

from api.turns import Answering

_PING_SECONDS: Final = 15.0
_HEADERS: Final = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def event(name: str | None, data: dict[str, Any]) -> bytes:
    """One event as it goes over the wire; without a name it is an ordinary message."""
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


class EventStream(StreamingResponse):
    """Sends `events`, which are made from `answering`; both end when the client leaves.

    `events` must not raise: what has begun with status 200 can only say so in an event. (FastAPI's
    own event streams are routes that always stream; ours may refuse, or answer as a whole.)
    """

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes], answering: Answering) -> None:
        super().__init__(_with_pings(events), headers=_HEADERS)
        self._answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the response."""
        async with self._answering:
            await super().__call__(scope, receive, send)


async def _with_pings(events: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    # A task of its own waits for each event: one that is cancelled by a time limit would be lost.
    async with aclosing(events):
        coming = asyncio.ensure_future(_next(events))
        try:
            while True:
                done, _ = await asyncio.wait([coming], timeout=_PING_SECONDS)
                if not done:
                    yield KEEPALIVE_COMMENT
                    continue
                if (event := coming.result()) is None:
                    return
                yield event
                coming = asyncio.ensure_future(_next(events))
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.wait([coming])


async def _next(events: AsyncGenerator[bytes]) -> bytes | None:
    return await anext(events, None)
