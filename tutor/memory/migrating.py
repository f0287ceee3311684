"""Bringing the tables of a database up to this version of the program."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select, text

from tutor.memory.address import POSTGRESQL
from tutor.memory.failures import newer_schema

# Any number, the same in every process.
_LOCK = 0x7869616E686F75


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables that are brought up to date together; a database may hold several such sets.

    `versions` is where their migrations are, as "package:directory", `revision` the newest of
    them, and `version_table` the table of their own that tells which of them have run.
    """

    versions: str
    version_table: str
    revision: str


def bring_up_to_date(connection: Connection, place: str, schema: Schema) -> None:
    """Runs the migrations that are missing, within the transaction of `connection`.

    Alembic is imported only where there are some. Other processes that do the same wait.
    Raises ConversationError when a later version of the program has been here.
    """
    if _revision(connection, schema) == schema.revision:
        return
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    current = _revision(connection, schema)

    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "tutor.memory:migrations")
    config.set_main_option("version_locations", schema.versions)
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = schema.version_table
    steps = ScriptDirectory.from_config(config).walk_revisions()
    if current is not None and current not in {step.revision for step in steps}:
        raise newer_schema(place)
    command.upgrade(config, "head")


def _revision(connection: Connection, schema: Schema) -> str | None:
    """The newest migration that has run here."""
    if not inspect(connection).has_table(schema.version_table):
        return None
    number = text(f"SELECT version_num FROM {schema.version_table}")  # noqa: S608
    found: str | None = connection.scalar(number)
    return found
