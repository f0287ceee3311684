"""Discord's own HTTP API on loopback: it takes messages and answers as a test tells it to."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """A call that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any

    @property
    def content(self) -> str:
        return self.body["content"]


@dataclass(frozen=True)
class Refusal:
    """An answer other than 200; status 0 breaks the connection instead."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class FakeDiscord:
    """The calls so far; `refusals` are used up one a call, `refuse` decides about the others."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.refusals: deque[Refusal] = deque()
        self.refuse: Callable[[Call], Refusal | None] = lambda call: None
        self._came = asyncio.Condition()

    @property
    def edits(self) -> list[str]:
        """What the first reply was replaced by, one after the other."""
        return [call.content for call in self.calls if call.method == "PATCH"]

    @property
    def follow_ups(self) -> list[str]:
        """The further messages."""
        return [call.content for call in self.calls if call.method == "POST"]

    async def until(self, fulfilled: Callable[[], object]) -> None:
        """Waits for calls until a condition holds."""
        async with self._came, asyncio.timeout(20):
            await self._came.wait_for(lambda: bool(fulfilled()))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            call = await _read(reader)
            self.calls.append(call)
            async with self._came:
                self._came.notify_all()
            refusal = self.refusals.popleft() if self.refusals else self.refuse(call)
            if refusal is None:
                writer.write(_response(200, {"id": "1"}, {}))
            elif refusal.status:
                writer.write(_response(refusal.status, refusal.body, refusal.headers))
            await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    """A running one."""
    fake = FakeDiscord()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        fake.url = f"http://127.0.0.1:{port}/api/v10"
        yield fake


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    pairs = (line.split(": ", 1) for line in head[1:] if line)
    headers = {name.casefold(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(method, path, headers, json.loads(body))


def _response(status: int, body: Any, headers: dict[str, str]) -> bytes:
    sent = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Status", "Connection: close", f"Content-Length: {len(sent)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + sent
