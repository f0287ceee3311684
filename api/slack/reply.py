"""An answer in a thread: it grows while it is written, and in the end it is there once, whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Final, Self

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.blocks import Block, message_blocks, one_line
from api.slack.incoming import Spot
from api.slack.markdown import parted
from api.slack.web_api import FAILURES, reason, refused

_log = logging.getLogger(__name__)

_STATUS_SECONDS: Final = 3.0


class Reply:
    """One reply to a person; an `async with` block lets go of it.

    It is streamed where Slack streams, and else posted and edited in place, at most every `pace`
    seconds. Where a call fails in the middle nothing more is shown until `finish` puts the whole
    text in the place of the part.
    """

    def __init__(self, client: AsyncWebClient, spot: Spot, pace: float) -> None:
        self._client = client
        self._spot = spot
        self._pace = pace
        self._wanted = ""
        self._shown = ""
        self._ts: str | None = None
        self._streaming = False
        self._broken = False
        self._news = asyncio.Event()
        self._ending = asyncio.Event()
        self._showing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._showing is not None and not self._showing.done():
            self._showing.cancel()
            await asyncio.wait([self._showing])

    async def status(self, text: str) -> None:
        """Shows what is being done, where Slack can; it goes away with the first words."""
        with suppress(*FAILURES):
            async with asyncio.timeout(_STATUS_SECONDS):
                await self._client.assistant_threads_setStatus(
                    channel_id=self._spot.channel, thread_ts=self._spot.thread, status=text
                )

    def write(self, markdown: str) -> None:
        """Adds to the text, which is shown as soon as the pace allows."""
        self._wanted += markdown
        self._news.set()
        if self._showing is None:
            self._showing = asyncio.create_task(self._keep_showing())

    async def finish(self, markdown: str, controls: Sequence[Block] = ()) -> None:
        """Makes `markdown`, with `controls` below, what this reply says, whatever is shown."""
        self._ending.set()
        self._news.set()
        if self._showing is not None:
            await self._showing
        first, *more = parted(markdown)
        last = list(controls)
        if not await self._stopped(first, [] if more else last):
            await self._replaced(first, [] if more else last)
        for index, part in enumerate(more, start=1):
            await self._done(self._post(part, last if index == len(more) else []))

    async def _keep_showing(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if self._ending.is_set() or self._broken:
                return
            await self._show(parted(self._wanted)[0])
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace):
                    await self._ending.wait()

    async def _show(self, text: str) -> None:
        if text == self._shown or not text.startswith(self._shown):
            return  # The first part of a text that has become too long may end before its end.
        try:
            if self._ts is None:
                await self._begin(text)
            elif self._streaming:
                await self._client.chat_appendStream(
                    channel=self._spot.channel,
                    ts=self._ts,
                    markdown_text=text.removeprefix(self._shown),
                )
            else:
                await self._update(text, [])
            self._shown = text
        except FAILURES as error:
            self._broken = True
            _log.warning("an answer in Slack was interrupted: %s", reason(error))

    async def _begin(self, text: str) -> None:
        try:
            started = await self._client.chat_startStream(
                channel=self._spot.channel,
                thread_ts=self._spot.thread,
                markdown_text=text,
                recipient_team_id=self._spot.team,
                recipient_user_id=self._spot.user,
            )
        except FAILURES as error:
            if not refused(error):
                raise
            await self._post(text, [])
            return
        self._ts, self._streaming = str(started["ts"]), True

    async def _stopped(self, text: str, controls: list[Block]) -> bool:
        """Whether the stream could be ended so that it says `text`."""
        whole = text.startswith(self._shown)
        if self._ts is None or not self._streaming or self._broken or not whole:
            return False
        stop = self._client.chat_stopStream(
            channel=self._spot.channel,
            ts=self._ts,
            markdown_text=text.removeprefix(self._shown) or None,
            blocks=controls or None,
        )
        return await self._done(stop)

    async def _replaced(self, text: str, controls: list[Block]) -> None:
        """Puts `text` in the place of what is shown; below it, where that cannot be changed."""
        shown = self._ts
        if shown is not None:
            if self._streaming:
                # A stream must be over before it can be edited; it may be over already.
                await self._done(self._client.chat_stopStream(channel=self._spot.channel, ts=shown))
            if await self._done(self._update(text, controls)):
                return
        if await self._done(self._post(text, controls)) and shown is not None:
            await self._done(self._client.chat_delete(channel=self._spot.channel, ts=shown))

    async def _post(self, text: str, controls: list[Block]) -> None:
        posted = await self._client.chat_postMessage(
            channel=self._spot.channel,
            thread_ts=self._spot.thread,
            text=one_line(text),
            blocks=message_blocks(text, controls),
            unfurl_links=False,
            unfurl_media=False,
        )
        self._ts = str(posted["ts"])

    async def _update(self, text: str, controls: list[Block]) -> None:
        assert self._ts is not None  # noqa: S101 - there is something to change
        await self._client.chat_update(
            channel=self._spot.channel,
            ts=self._ts,
            text=one_line(text),
            blocks=message_blocks(text, controls),
        )

    async def _done(self, call: Awaitable[object]) -> bool:
        try:
            await call
        except FAILURES as error:
            _log.warning("a call to Slack failed: %s", reason(error))
            return False
        return True
