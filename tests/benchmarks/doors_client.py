"""Many at once who ask a server and read its streams, with as little work as possible."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

from doors_server import ROUTE

_END = b"event: done"
_ANSWERED = (b'"outcome": "answered"', b'"outcome": "abstained"')


@dataclass(frozen=True)
class Streamed:
    """The pieces of one response, each with the seconds since the question was sent."""

    status: int
    pieces: tuple[tuple[float, bytes], ...]

    @property
    def first(self) -> float:
        """Seconds to the first event."""
        return self.pieces[0][0]

    @property
    def done(self) -> float:
        """Seconds to the last event."""
        return self.pieces[-1][0]

    @property
    def is_whole(self) -> bool:
        """Whether it is an answer, up to its end."""
        last = self.pieces[-1][1] if self.pieces else b""
        return self.status == 200 and _END in last and any(word in last for word in _ANSWERED)


@dataclass(frozen=True)
class Load:
    """What came of many questions: `failed` of them, and how long all of them took together.

    `client_seconds` is the processor time of those who asked.
    """

    answers: tuple[Streamed, ...]
    failed: int
    seconds: float
    client_seconds: float


def asked(port: int, questions: Sequence[str], simultaneous: int, each: int) -> Load:
    """`simultaneous` people who ask `each` questions one after the other."""
    return asyncio.run(_asked(port, cycle(questions), simultaneous, each))


async def _asked(port: int, questions: Iterator[str], simultaneous: int, each: int) -> Load:
    start, processor = perf_counter(), _processor_seconds()
    of_each = await asyncio.gather(
        *(_person(port, [next(questions) for _ in range(each)]) for _ in range(simultaneous))
    )
    seconds = perf_counter() - start
    answers = [answer for person in of_each for answer in person]
    whole = tuple(answer for answer in answers if answer.is_whole)
    return Load(whole, len(answers) - len(whole), seconds, _processor_seconds() - processor)


def _processor_seconds() -> float:
    return sum(os.times()[:2])


async def _person(port: int, questions: Sequence[str]) -> list[Streamed]:
    return [await ask(port, question) for question in questions]


async def ask(port: int, question: str) -> Streamed:
    """One question on a connection of its own; a connection that breaks off has no end."""
    body = json.dumps({"question": question}).encode()
    start = perf_counter()
    pieces: list[tuple[float, bytes]] = []
    status = 0
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_head(port, len(body)) + body)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        while status == 200 and (size := int(await reader.readline(), 16)):
            piece = await reader.readexactly(size + 2)
            pieces.append((perf_counter() - start, piece[:-2]))
        writer.close()
    except (OSError, ValueError, asyncio.IncompleteReadError):
        pass
    return Streamed(status, tuple(pieces))


def _head(port: int, length: int) -> bytes:
    lines = [
        f"POST {ROUTE} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
