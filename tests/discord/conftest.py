"""A bot that gives one answer to everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from discord_bot import Bot, Running, Start, running
from fake_discord import FakeDiscord, fake_discord

from api.turns import Asked
from tests.api.scripted_tutor import ScriptedTutor
from tutor.answer import Answer


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as fake:
        yield fake


@pytest.fixture
def start(tmp_path: Path, discord: FakeDiscord) -> Start:
    """Starts bots of a test's own: `async with start(tutor, answer_seconds=1) as bot:`."""

    def made(tutor: Asked, **settings: Any) -> Running:
        return running(tutor, tmp_path, discord, **settings)

    return made


@pytest.fixture
def tutor(chinese_answer: Answer) -> ScriptedTutor:
    return ScriptedTutor(chinese_answer)


@pytest.fixture
async def bot(start: Start, tutor: ScriptedTutor) -> AsyncIterator[Bot]:
    async with start(tutor) as opened:
        yield opened
