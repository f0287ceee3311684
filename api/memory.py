"""Opening what is kept in the database that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from api.access.store import AccessStore
    from tutor.memory.store import ConversationStore

FILE = "conversations.sqlite"


@dataclass(frozen=True, slots=True)
class Stores:
    """What a server keeps, in one database."""

    conversations: ConversationStore
    access: AccessStore


def open_memory(settings: Settings) -> AbstractAsyncContextManager[ConversationStore]:
    """The conversations, in `settings.database` or else in a file of the data directory.

    Raises UsageError for an unusable url, ConversationError when the database cannot be used.
    """
    # Asking without a conversation must not pay for the database library.
    from tutor.memory.opening import open_store

    return open_store(_place(settings))


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """The same with the keys and limits of the doors, over one set of connections."""
    from api.access.store import AccessStore
    from api.access.tables import SCHEMA
    from tutor.memory.opening import open_database
    from tutor.memory.store import ConversationStore

    async with open_database(_place(settings), SCHEMA) as database:
        yield Stores(ConversationStore(database), AccessStore(database))


def _place(settings: Settings) -> str | Path:
    return settings.database or settings.data / FILE
