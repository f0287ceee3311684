"""Keys, limits and events seen before, shared by all processes on one database."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from datetime import UTC, datetime

from api.access.errors import no_scope, unusable_name
from api.access.keys import add_key, all_keys, id_in, key_of, new_token, revoke
from api.access.limits import admit, first_sight, remove_what_is_over
from api.access.records import ApiKey, RateLimit, Scope
from corpus.errors import ConversationError
from tutor.memory.database import Database
from tutor.memory.names import name_digest

EVENT_SECONDS = 900.0
_NAME_CHARACTERS = 100
_REMOVAL_SECONDS = 600.0


class AccessStore:
    """What decides who may come in; `api.memory.open_stores` opens it.

    `database` has been opened with `api.access.tables.SCHEMA`. Every method raises
    ConversationError when the database cannot be used, and has then changed nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next_removal = -math.inf

    async def create_key(self, name: str, scopes: frozenset[Scope]) -> tuple[ApiKey, str]:
        """A new key and its token, which is stored nowhere and cannot be had again.

        `name` is for people: 1 to 100 characters, none of them invisible. Raises UsageError for
        another name, and for no scope at all.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= _NAME_CHARACTERS or not name.isprintable():
            raise unusable_name(_NAME_CHARACTERS)
        if not scopes:
            raise no_scope()
        id, token = new_token()
        key = ApiKey(id, name, scopes, datetime.now(UTC), revoked=None)
        await self._database.write(add_key, key, token)
        return key, token

    async def keys(self) -> list[ApiKey]:
        """All keys, also those that were revoked, the oldest first."""
        return await self._database.read(all_keys)

    async def revoke_key(self, id: str) -> None:
        """Puts a key out of force from the next request on; one that is revoked already stays so.

        Raises KeyNotFoundError.
        """
        await self._database.write(revoke, id, datetime.now(UTC))

    async def find_key(self, token: str) -> ApiKey | None:
        """The key in force whose token this is; None for any other text."""
        id = id_in(token)
        return await self._database.read(key_of, id, token) if id else None

    async def admit(self, subject: str, limit: RateLimit) -> float:
        """0.0 when a request of `subject` is admitted, else the seconds until one may come.

        Only admitted requests count. A subject has one limit: whoever is limited in two ways is
        two subjects. Exact among all processes, and only a digest of `subject` is kept.
        """
        waiting = await self._database.write(admit, name_digest(subject), limit)
        await self._remove_now_and_then()
        return waiting

    async def first_sight(self, event: str, seconds: float = EVENT_SECONDS) -> bool:
        """True for the first of all processes that shows this event within `seconds`."""
        first = await self._database.write(first_sight, name_digest(event), seconds)
        await self._remove_now_and_then()
        return first

    async def _remove_now_and_then(self) -> None:
        if time.monotonic() < self._next_removal:
            return
        self._next_removal = time.monotonic() + _REMOVAL_SECONDS
        # The answer that was asked for stands; what is over can be removed another time.
        with suppress(ConversationError):
            await self._database.write(remove_what_is_over)
