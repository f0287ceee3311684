"""Breaking off what nobody waits for any more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from fastapi import Request

T = TypeVar("T")

NOBODY_IS_LEFT: Final = 499
"""The status that nobody reads, as nginx counts it."""

_PAUSE_SECONDS: Final = 0.5


class ClientLeftError(Exception):
    """Whoever asked has closed the connection: there is nobody to answer to."""


async def unless_left(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which is cancelled when the client leaves (ClientLeftError)."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait([task], timeout=_PAUSE_SECONDS))[0]:
            if await request.is_disconnected():
                raise ClientLeftError
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
