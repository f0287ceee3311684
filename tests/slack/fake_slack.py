"""A Slack on this machine: it keeps the messages that people would see, with faults on demand.

    async with fake_slack() as slack:
        slack.fail("chat.appendStream", status=500)
        ... use slack.url as the address of the Web API ...
        assert slack.seen("C1") == ["the answer"]

It refuses what Slack refuses: to append to a message that is not streamed, to edit one that still
is, and texts that are too long.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

BOT_USER = "UBOT"
MOST = 12_000


@dataclass(frozen=True)
class Call:
    """A call of the Web API; also of a response url ("respond")."""

    method: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What a call gets instead of its answer; `done` where it was done all the same."""

    status: int
    error: str
    headers: dict[str, str]
    done: bool


@dataclass
class Message:
    """A message in a channel, as people see it."""

    channel: str
    thread: str | None
    text: str
    blocks: list[dict[str, Any]]
    streaming: bool = False


@dataclass
class FakeSlack:
    """What was called and what is to be seen."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    faults: dict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))
    base: str = ""
    _next: int = 0

    def fail(
        self,
        method: str,
        *,
        status: int = 200,
        error: str = "fatal_error",
        headers: dict[str, str] | None = None,
        done: bool = False,
        after: int = 0,
        times: int = 1,
    ) -> None:
        """Makes the next calls of `method` fail, once `after` of them went well."""
        self.faults[method] += [None] * after
        self.faults[method] += [Fault(status, error, headers or {}, done)] * times

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of all calls of `method`."""
        return [call.arguments for call in self.calls if call.method == method]

    def seen(self, channel: str) -> list[str]:
        """The texts that people see in a channel, the oldest first."""
        return [each.text for each in self.messages.values() if each.channel == channel]

    def controls(self, channel: str) -> list[dict[str, Any]]:
        """The buttons and menus that people see in a channel."""
        blocks = [
            b for each in self.messages.values() if each.channel == channel for b in each.blocks
        ]
        return [block for block in blocks if block["type"] == "actions"]

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits until `condition` is true; for at most ten seconds."""
        async with asyncio.timeout(10):
            while not condition():  # noqa: ASYNC110 - any condition at all
                await asyncio.sleep(0.005)

    async def send(self, envelope: dict[str, Any]) -> None:
        """Sends an envelope of Socket Mode."""
        await self.sockets[-1].send_json(envelope)

    def answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Does what the call asks for; an error code of Slack where it cannot be done."""
        text = _text(arguments)
        if len(text) > MOST:
            return _refusal("msg_too_long")
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        return handler(arguments, text) if handler else {"ok": True}

    def _auth_test(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:
        return {"ok": True, "user_id": BOT_USER, "bot_id": "BBOT", "team_id": "T1"}

    def _apps_connections_open(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:
        return {"ok": True, "url": self.base.replace("http", "ws", 1) + "/socket"}

    def _chat_postMessage(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:  # noqa: N802
        return self._add(arguments, text, streaming=False)

    def _chat_startStream(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:  # noqa: N802
        return self._add(arguments, text, streaming=True)

    def _chat_appendStream(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:  # noqa: N802
        message = self.messages.get(arguments["ts"])
        if message is None or not message.streaming:
            return _refusal("message_not_in_streaming_state")
        message.text += text
        return {"ok": True, "ts": arguments["ts"]}

    def _chat_stopStream(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:  # noqa: N802
        answer = self._chat_appendStream(arguments, arguments.get("markdown_text") or "")
        if answer["ok"]:
            message = self.messages[arguments["ts"]]
            message.streaming, message.blocks = False, arguments.get("blocks") or []
        return answer

    def _chat_update(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:
        message = self.messages.get(arguments["ts"])
        if message is None:
            return _refusal("message_not_found")
        if message.streaming:
            return _refusal("streaming_state_conflict")
        message.text, message.blocks = text, arguments["blocks"]
        return {"ok": True, "ts": arguments["ts"]}

    def _chat_delete(self, arguments: dict[str, Any], text: str) -> dict[str, Any]:
        del self.messages[arguments["ts"]]
        return {"ok": True}

    def _add(self, arguments: dict[str, Any], text: str, *, streaming: bool) -> dict[str, Any]:
        self._next += 1
        ts = f"1800000000.{self._next:06d}"
        blocks = arguments.get("blocks") or []
        thread = arguments.get("thread_ts")
        self.messages[ts] = Message(arguments["channel"], thread, text, blocks, streaming)
        return {"ok": True, "ts": ts, "channel": arguments["channel"]}


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    """A Slack that listens on a free port of this machine."""
    slack = FakeSlack()

    async def api(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = {**request.query, **await _arguments(request)}
        slack.calls.append(Call(method, arguments))
        faults = slack.faults[method]
        fault = faults.popleft() if faults else None
        if fault is None or fault.done:
            answer = slack.answer(method, arguments)
        if fault is None:
            return web.json_response(answer)
        return web.json_response(_refusal(fault.error), status=fault.status, headers=fault.headers)

    async def respond(request: web.Request) -> web.Response:
        slack.calls.append(Call("respond", await request.json()))
        return web.Response(text="ok")

    async def socket(request: web.Request) -> web.WebSocketResponse:
        opened = web.WebSocketResponse()
        await opened.prepare(request)
        slack.sockets.append(opened)
        async for message in opened:
            if message.type is WSMsgType.TEXT:
                slack.acknowledged.append(message.json()["envelope_id"])
        return opened

    application = web.Application()
    application.router.add_post("/api/{method}", api)
    application.router.add_post("/respond", respond)
    application.router.add_get("/socket", socket)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    slack.base = f"http://{host}:{port}"
    slack.url = f"{slack.base}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return await request.json()
    return dict(await request.post())


def _text(arguments: dict[str, Any]) -> str:
    blocks = arguments.get("blocks") or []
    texts = [block["text"] for block in blocks if block["type"] == "markdown"]
    return "\n".join(texts) or arguments.get("markdown_text") or arguments.get("text") or ""


def _refusal(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}
