"""The most that a request may hold."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TOO_LARGE = 413


class BodyLimitMiddleware:
    """Reads no more than `limit` bytes of a request, whether it declares its length or not.

    FastAPI's own limit answers with plain text, and so not like our other errors.
    """

    def __init__(self, application: ASGIApp, limit: int) -> None:
        self._application = application
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request; reading too much of it raises HTTPException (413)."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        too_large = declared.isdecimal() and int(declared) > self._limit
        read = 0

        async def limited() -> Message:
            nonlocal read
            if too_large:
                raise HTTPException(_TOO_LARGE)
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._application(scope, limited, send)
