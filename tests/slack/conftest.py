"""A Slack and a server that gives one answer to everybody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from fake_slack import FakeSlack, fake_slack
from slack_workspace import Start, Workspace, workspace

from api.turns import Asked
from tests.api.scripted_tutor import ScriptedTutor
from tutor.answer import Answer


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as fake:
        yield fake


@pytest.fixture
def start(tmp_path: Path, slack: FakeSlack) -> Start:
    """Starts servers over one database: `async with start(tutor, answer_seconds=1) as space:`."""

    def made(tutor: Asked, **settings: Any) -> AbstractAsyncContextManager[Workspace]:
        return workspace(tutor, tmp_path, slack, **settings)

    return made


@pytest.fixture
def tutor(chinese_answer: Answer) -> ScriptedTutor:
    return ScriptedTutor(chinese_answer)


@pytest.fixture
async def space(start: Start, tutor: ScriptedTutor) -> AsyncIterator[Workspace]:
    async with start(tutor) as opened:
        yield opened
