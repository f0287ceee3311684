"""A server that answers what a test wrote down, and clients of the OpenAI API for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from completion_material import Serve, chinese_answer, key_of
from openai import OpenAI

from api.turns import Asked
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer, serving


@pytest.fixture(autouse=True)
def _no_proxies_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients reach this machine directly."""
    for name in list(os.environ):
        if name.casefold().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def tutor() -> ScriptedTutor:
    """A tutor that gives the Chinese answer to everything."""
    return ScriptedTutor(chinese_answer())


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server around a tutor, with settings."""
    with ExitStack() as stack:

        def start(tutor: Asked, **settings: Any) -> LiveServer:
            return stack.enter_context(serving(tutor, tmp_path, **settings))

        yield start


@pytest.fixture
def server(serve: Serve, tutor: ScriptedTutor) -> LiveServer:
    """A server that gives the Chinese answer to everything."""
    return serve(tutor)


@pytest.fixture
def http(server: LiveServer) -> Iterator[httpx.Client]:
    """Plain HTTP to `server`."""
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


@pytest.fixture
def openai(server: LiveServer, key: str) -> Iterator[OpenAI]:
    """OpenAI's client for `server`."""
    with OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0) as client:
        yield client


@pytest.fixture
def key(server: LiveServer) -> str:
    """A key that may ask `server`."""
    return key_of(server)
