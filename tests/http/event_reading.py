"""Reading a stream of server-sent events as a client does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Received:
    """An event: its name and its data."""

    name: str
    data: Any


def events_in(lines: Iterable[str]) -> Iterable[Received]:
    """The events in the lines of a stream, without its pings."""
    name, data = "message", ""
    for line in lines:
        field, _, value = line.partition(":")
        if field == "event":
            name = value.strip()
        elif field == "data":
            data += value.strip()
        elif not line and data:
            yield Received(name, json.loads(data))
            name, data = "message", ""


def stream(client: httpx.Client, body: dict[str, Any]) -> list[Received]:
    """Everything that comes of a question."""
    with client.stream("POST", "/v1/ask/stream", json=body) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        return list(events_in(response.iter_lines()))
