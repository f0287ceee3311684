"""Who a learner is elsewhere, and which conversation of another system is which of ours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learner_names",
        sa.Column("namespace", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("learner_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("namespace", "digest", name="pk_learner_names"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_learner_names_learner_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_learner_names_learner_id", "learner_names", ["learner_id"])
    op.create_table(
        "conversation_names",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("owner", "digest", name="pk_conversation_names"),
        sa.ForeignKeyConstraint(
            ["owner"], ["learners.id"], name="fk_conversation_names_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_names_conversation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_conversation_names_conversation_id", "conversation_names", ["conversation_id"]
    )
