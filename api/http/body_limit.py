"""The most that a request may hold, and the longest that it may take to send it."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TOO_LARGE: Final = 413
_TOO_SLOW: Final = 408
_SECONDS: Final = 30.0


class BodyLimitMiddleware:
    """Reads no more than `limit` bytes of a request, whether it declares its length or not.

    FastAPI's own limit answers with plain text, and so not like our other errors.
    """

    def __init__(self, application: ASGIApp, limit: int) -> None:
        self._application = application
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request; HTTPException (413, 408) where too much, or too slowly, is sent."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        too_large = declared.isdecimal() and int(declared) > self._limit
        read = 0
        deadline: float | None = asyncio.get_running_loop().time() + _SECONDS

        async def limited() -> Message:
            nonlocal read, deadline
            if too_large:
                raise HTTPException(_TOO_LARGE)
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(_TOO_SLOW) from None
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(_TOO_LARGE)
            if not message.get("more_body"):
                deadline = None  # what comes now is that the client leaves, in its own time
            return message

        await self._application(scope, limited, send)
