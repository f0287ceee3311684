"""Opening the memory of conversations that the settings name."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from tutor.memory.store import ConversationStore

FILE = "conversations.sqlite"


def open_memory(settings: Settings) -> AbstractAsyncContextManager[ConversationStore]:
    """The conversations, in `settings.database` or else in a file of the data directory.

    Raises UsageError for an unusable url, ConversationError when the database cannot be used.
    """
    # Asking without a conversation must not pay for the database library.
    from tutor.memory.opening import open_store

    return open_store(settings.database or settings.data / FILE)
