"""Bringing the tables of a database up to this version of the program."""

from __future__ import annotations

from sqlalchemy import Connection, func, inspect, select, text

from tutor.memory.address import POSTGRESQL
from tutor.memory.failures import newer_schema
from tutor.memory.tables import REVISION, VERSION_TABLE

# Any number, the same in every process.
_LOCK = 0x7869616E686F75


def bring_up_to_date(connection: Connection, place: str) -> None:
    """Runs the migrations that are missing, within the transaction of `connection`.

    Alembic is imported only where there are some. Other processes that do the same wait.
    Raises ConversationError when a later version of the program has been here.
    """
    if _revision(connection) == REVISION:
        return
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    current = _revision(connection)

    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "tutor.memory:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(config).walk_revisions()
    if current is not None and current not in {step.revision for step in steps}:
        raise newer_schema(place)
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    """The newest migration that has run here."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    return found
