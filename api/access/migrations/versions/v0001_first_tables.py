"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("revoked", moment),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
    )
    for table in ("rate_limits", "seen_events"):
        op.create_table(
            table,
            sa.Column("digest", sa.Text, nullable=False),
            sa.Column("due", sa.BigInteger, nullable=False),
            sa.PrimaryKeyConstraint("digest", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_due", table, ["due"])
