"""The study plan of a learner, and what of it is finished."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "study_plans",
        sa.Column("learner_id", sa.Text, nullable=False),
        sa.Column("plan", sa.JSON, nullable=False),
        sa.Column("begun", sa.Date, nullable=False),
        sa.Column("weeks_before", sa.Integer, nullable=False),
        sa.Column("drawn", moment, nullable=False),
        sa.PrimaryKeyConstraint("learner_id", name="pk_study_plans"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name="fk_study_plans_learner_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "finished_modules",
        sa.Column("learner_id", sa.Text, nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("finished", moment, nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "course", "module", name="pk_finished_modules"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["study_plans.learner_id"],
            name="fk_finished_modules_learner_id",
            ondelete="CASCADE",
        ),
    )
