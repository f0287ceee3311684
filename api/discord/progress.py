"""Showing an answer while it is being written, as often as Discord likes it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Self

PAUSE: Final = 2.0  # seconds


class Progress:
    """Passes on the newest of the texts that it is shown, one at a time.

    `edit` gives the seconds to wait after it; they are `pause` at least. Once the `async with`
    block is left, nothing more is passed on and nothing is on its way.
    """

    def __init__(self, edit: Callable[[str], Awaitable[float]], pause: float = PAUSE) -> None:
        self._edit = edit
        self._pause = pause
        self._text: str | None = None
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._pass_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None  # noqa: S101 - the block was entered
        self._over.set()
        self._news.set()
        await self._task

    def show(self, text: str) -> None:
        """Replaces what is shown, at the next opportunity."""
        self._text = text
        self._news.set()

    async def _pass_on(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if self._over.is_set() or self._text is None:
                return
            wait = await self._edit(self._text)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), max(wait, self._pause))
