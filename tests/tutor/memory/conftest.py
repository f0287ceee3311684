"""Every test that asks for `place` or `store` runs over SQLite and over PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from memory_material import own_schema

from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The url of an empty schema."""
    with own_schema() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where nothing has been stored yet."""
    if request.param == "sqlite":
        return tmp_path / "data" / "conversations.sqlite"
    return request.getfixturevalue("postgresql")


@pytest.fixture
async def store(place: str | Path) -> AsyncIterator[ConversationStore]:
    """An empty store."""
    async with open_store(place) as opened:
        yield opened
