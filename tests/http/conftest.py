"""A server that gives one answer to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.api.scripted_tutor import ScriptedTutor
from tests.http.live_server import LiveServer, Serve, serving
from tutor.answer import Answer


@pytest.fixture
def serve(tmp_path: Path, chinese_answer: Answer) -> Iterator[Serve]:
    """Starts servers that answer with `chinese_answer`, or as the tutor that is given does."""
    with ExitStack() as stack:

        def start(tutor: Any = None, **settings: Any) -> LiveServer:
            chosen = tutor or ScriptedTutor(chinese_answer)
            return stack.enter_context(serving(chosen, tmp_path, **settings))

        yield start
