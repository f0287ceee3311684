"""Every test that asks for `place` or `access` runs over SQLite and over PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api.access.store import AccessStore
from api.access.tables import SCHEMA
from tests.tutor.memory.memory_material import own_schema
from tutor.memory.opening import open_database


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no settings of the person who runs them, and an English interface."""
    for name in list(os.environ):
        if name.startswith("TUTOR_"):
            monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


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
async def access(place: str | Path) -> AsyncIterator[AccessStore]:
    """An empty store."""
    async with open_database(place, SCHEMA) as database:
        yield AccessStore(database)
