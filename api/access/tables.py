"""The tables of access. Nothing in them is a secret: keys and subjects are there as digests."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, MetaData, Table

from tutor.memory.columns import CONSTRAINT_NAMES, CleanText, UtcDateTime
from tutor.memory.migrating import Schema

SCHEMA = Schema("api.access.migrations:versions", "access_schema", revision="0001")
"""These tables are the result of its newest migration."""

METADATA = MetaData(naming_convention=CONSTRAINT_NAMES)

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", CleanText, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("digest", CleanText, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("revoked", UtcDateTime),
)

# Times count microseconds by the clock of the database.
RATE_LIMITS = Table(
    "rate_limits",
    METADATA,
    Column("digest", CleanText, primary_key=True),
    Column("due", BigInteger, nullable=False),
    Index("ix_rate_limits_due", "due"),
)

SEEN_EVENTS = Table(
    "seen_events",
    METADATA,
    Column("digest", CleanText, primary_key=True),
    Column("due", BigInteger, nullable=False),
    Index("ix_seen_events_due", "due"),
)
