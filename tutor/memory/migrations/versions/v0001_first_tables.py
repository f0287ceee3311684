"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "learners",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
    )
    op.create_table(
        "learner_facts",
        sa.Column("number", number, nullable=False),
        sa.Column("learner_id", sa.Text, nullable=False),
        sa.Column("profile", sa.JSON, nullable=False),
        sa.Column("set_by_learner", sa.Boolean, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_learner_facts"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_learner_facts_learner_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_learner_facts_learner_id", "learner_facts", ["learner_id", "number"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("lease_holder", sa.Text),
        sa.Column("lease_until", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.ForeignKeyConstraint(
            ["owner"], ["learners.id"], name="fk_conversations_owner", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_conversations_owner", "conversations", ["owner", "updated", "id"])
    op.create_table(
        "turns",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("answer_id", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "turn", name="pk_turns"),
        sa.UniqueConstraint("answer_id", name="uq_turns_answer_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_turns_conversation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "feedback",
        sa.Column("number", number, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text),
        sa.Column("comment", sa.Text),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["turns.answer_id"],
            name="fk_feedback_message_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_feedback_message_id", "feedback", ["message_id"])
