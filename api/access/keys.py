"""Keys in the database: making, finding and revoking them."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.access.errors import key_not_found
from api.access.records import TOKEN_PREFIX, ApiKey, Scope
from api.access.tables import API_KEYS

_TOKEN = re.compile(TOKEN_PREFIX + r"([0-9a-f]{16})_[0-9a-f]{64}")


def new_token() -> tuple[str, str]:
    """The id of a new key and its whole token, with 256 random bits in it."""
    id = secrets.token_hex(8)
    return id, f"{TOKEN_PREFIX}{id}_{secrets.token_hex(32)}"


async def add_key(connection: AsyncConnection, key: ApiKey, token: str) -> None:
    """Adds a key."""
    await connection.execute(
        insert(API_KEYS).values(
            id=key.id,
            name=key.name,
            scopes=sorted(key.scopes),
            digest=_digest(token),
            created=key.created,
        )
    )


async def all_keys(connection: AsyncConnection) -> list[ApiKey]:
    """All keys, also those that were revoked, in the order in which they were made."""
    rows = await connection.execute(select(API_KEYS).order_by(API_KEYS.c.created, API_KEYS.c.id))
    return [_key(row) for row in rows]


async def revoke(connection: AsyncConnection, id: str, now: datetime) -> None:
    """Revokes a key, once and for all. Raises KeyNotFoundError."""
    first = func.coalesce(API_KEYS.c.revoked, now)
    done = await connection.execute(
        update(API_KEYS).values(revoked=first).where(API_KEYS.c.id == id)
    )
    if not done.rowcount:
        raise key_not_found()


def id_in(token: str) -> str | None:
    """The id of the key whose token this may be, None where it has another form."""
    form = _TOKEN.fullmatch(token)
    return form[1] if form else None


async def key_of(connection: AsyncConnection, id: str, token: str) -> ApiKey | None:
    """The key `id` where this is its token, None where it is not or is not in force."""
    in_force = select(API_KEYS).where(API_KEYS.c.id == id, API_KEYS.c.revoked.is_(None))
    row = (await connection.execute(in_force)).one_or_none()
    if row is None or not hmac.compare_digest(row.digest, _digest(token)):
        return None
    return _key(row)


def _digest(token: str) -> str:
    # Not a slow hash as for passwords: nobody guesses 256 random bits.
    return sha256(token.encode()).hexdigest()


def _key(row: Row[*tuple[Any, ...]]) -> ApiKey:
    return ApiKey(row.id, row.name, _known(row.scopes), row.created, row.revoked)


def _known(scopes: Iterable[str]) -> frozenset[Scope]:
    """The scopes that this version of the program knows."""
    return frozenset(scope for scope in Scope if scope.value in scopes)
