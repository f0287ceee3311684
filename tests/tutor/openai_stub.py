"""A server on this machine that speaks the OpenAI protocol, with faults on demand.

    with OpenAIStub() as stub:
        stub.replies += [refusal(429, headers={"retry-after": "0.01"}), StubReply("你好")]
        ... use stub.base_url ...
        assert stub.requests[0].body["model"] == "some-model"

It runs in a thread of its own, so that tests of any kind, also of other processes, can use it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Thread
from typing import Any, Self

JSON = "application/json"


@dataclass(frozen=True)
class StubReply:
    """One reply, streamed character by character or not, as the request asks.

    `tool` is called with its arguments instead of `text`. `interval` is seconds between tokens.
    After the first `after` tokens the connection is reset with `reset`, or kept without a word with
    `silent`; `after` -1 is before the status line. `finish` None ends the stream without a reason,
    and `done` False without its end mark. `raw` is sent as it is instead of all that.
    """

    text: str = "好的。"
    tool: tuple[str, dict[str, Any]] | None = None
    finish: str | None = "stop"
    done: bool = True
    usage: tuple[int, int] | None = (11, 7)
    interval: float = 0.0
    after: int = 0
    reset: bool = False
    silent: bool = False
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None


@dataclass
class StubRequest:
    """What was asked; `abandoned` is set when the client goes away before the reply is whole."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    abandoned: Event = field(default_factory=Event)


def refusal(
    status: int,
    message: str = "no",
    *,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> StubReply:
    """An error of the API, in the form of OpenAI's."""
    error = {"message": message, "type": "error", "code": code, "param": param}
    return StubReply(status=status, raw=json.dumps({"error": error}), headers=headers or {})


class OpenAIStub:
    """Replies to each request for a completion with the next of `replies`, else with `answer`.

    `answer` gets the body of the request.
    """

    def __init__(self) -> None:
        self.replies: list[StubReply] = []
        self.answer: Callable[[dict[str, Any]], StubReply] = lambda body: StubReply()
        self.requests: list[StubRequest] = []
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """The address to configure."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(self._start(), self._loop)
        self._port = starting.result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> int:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            request = await _read(reader)
            await self._serve(request, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(
        self, request: StubRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if request.path.endswith("/models"):
            models = {"object": "list", "data": [{"id": "stub", "object": "model"}]}
            await _send(writer, StubReply(raw=json.dumps(models)))
            return
        self.requests.append(request)
        reply = self.replies.pop(0) if self.replies else self.answer(request.body)
        # Nothing more is read from a client than its one request: what comes is its going away.
        gone = asyncio.create_task(reader.read())
        sending = asyncio.create_task(_reply(writer, reply, request.body))
        await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        if not sending.done():
            request.abandoned.set()
        for task in (gone, sending):
            task.cancel()
        await asyncio.gather(gone, sending, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> StubRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.casefold(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return StubRequest(first.split()[1], headers, json.loads(body or b"{}"))


async def _reply(writer: asyncio.StreamWriter, reply: StubReply, body: dict[str, Any]) -> None:
    if reply.after < 0:
        await _go_wrong(writer, reply)
    elif reply.raw is not None:
        await _send(writer, reply)
    elif body.get("stream"):
        await _stream(writer, reply, body)
    else:
        await _send(writer, StubReply(raw=json.dumps(_completion(reply, body))))


async def _go_wrong(writer: asyncio.StreamWriter, reply: StubReply) -> None:
    if reply.reset:
        writer.transport.abort()
    else:
        await asyncio.Event().wait()


async def _send(writer: asyncio.StreamWriter, reply: StubReply) -> None:
    content = (reply.raw or "").encode()
    headers = {"content-type": JSON, "content-length": str(len(content)), **reply.headers}
    writer.write(_head(reply.status, headers) + content)
    await writer.drain()


async def _stream(writer: asyncio.StreamWriter, reply: StubReply, body: dict[str, Any]) -> None:
    headers = {"content-type": "text/event-stream", "transfer-encoding": "chunked"}
    writer.write(_head(reply.status, headers))
    number = 0
    async for event in _events(reply, body):
        if (reply.reset or reply.silent) and number == reply.after:
            await writer.drain()
            await _go_wrong(writer, reply)
            return
        data = f"data: {event}\n\n".encode()
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
        number += 1
    writer.write(b"0\r\n\r\n")
    await writer.drain()


async def _events(reply: StubReply, body: dict[str, Any]) -> AsyncIterator[str]:
    for delta in _deltas(reply):
        if reply.interval:
            await asyncio.sleep(reply.interval)
        yield _chunk(body, [{"index": 0, "delta": delta, "finish_reason": None}])
    if reply.finish:
        yield _chunk(body, [{"index": 0, "delta": {}, "finish_reason": reply.finish}])
    if reply.usage and body.get("stream_options", {}).get("include_usage"):
        yield _chunk(body, [], usage=_usage(reply.usage))
    if reply.done:
        yield "[DONE]"


def _deltas(reply: StubReply) -> list[dict[str, Any]]:
    if reply.tool:
        return [{"role": "assistant", "tool_calls": [{"index": 0, **_tool_call(reply.tool)}]}]
    return [{"role": "assistant", "content": token} for token in reply.text]


def _chunk(body: dict[str, Any], choices: list[dict[str, Any]], **more: Any) -> str:
    same = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    return json.dumps({**same, "choices": choices, **more}, ensure_ascii=False)


def _completion(reply: StubReply, body: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.tool:
        message = {"role": "assistant", "content": None, "tool_calls": [_tool_call(reply.tool)]}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
        "usage": _usage(reply.usage) if reply.usage else None,
    }


def _tool_call(tool: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    name, arguments = tool
    function = {"name": name, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": "call-1", "type": "function", "function": function}


def _usage(usage: tuple[int, int]) -> dict[str, int]:
    tokens_in, tokens_out = usage
    return {
        "prompt_tokens": tokens_in,
        "completion_tokens": tokens_out,
        "total_tokens": tokens_in + tokens_out,
    }


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} ", "connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
