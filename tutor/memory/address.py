"""Where conversations are kept: a file, or a database by its url."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from tutor.memory.failures import unusable_url

SQLITE = "sqlite"
POSTGRESQL = "postgresql"


def database_url(place: str | Path) -> URL:
    """The url of `place` with the driver that this package uses.

    A path is a SQLite file. Raises UsageError for any other kind of database, and for one in
    memory, which several connections cannot share.
    """
    if isinstance(place, Path):
        return URL.create("sqlite+aiosqlite", database=str(place))
    try:
        url = make_url(place.strip())
    except (ArgumentError, ValueError) as error:
        # It may hold a password and cannot be told apart from it.
        raise unusable_url("TUTOR_DATABASE") from error
    match url.drivername.partition("+")[0]:
        case "sqlite" if url.database not in (None, "", ":memory:") and not url.query:
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
    raise unusable_url(shown(url))


def shown(url: URL) -> str:
    """`url` as a person may see it: the path of a file, or the address without password."""
    if url.get_backend_name() == SQLITE and url.database:
        return url.database
    return f"{url.get_backend_name()}://{url.host or ''}/{url.database or ''}"
