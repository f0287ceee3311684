"""What Alembic runs: the missing steps, within the transaction of the connection it is given."""

from __future__ import annotations

from alembic import context

from tutor.memory.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
