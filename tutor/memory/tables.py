"""The tables. `turns`, `learner_facts` and `feedback` are only ever added to, or erased."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
)

from tutor.memory.columns import CONSTRAINT_NAMES, CleanText, UtcDateTime, row_number
from tutor.memory.migrating import Schema

SCHEMA = Schema("tutor.memory.migrations:versions", "conversation_schema", revision="0003")
"""These tables are the result of its newest migration."""

METADATA = MetaData(naming_convention=CONSTRAINT_NAMES)

LEARNERS = Table(
    "learners",
    METADATA,
    Column("id", CleanText, primary_key=True),
    Column("created", UtcDateTime, nullable=False),
)

# Who a learner is elsewhere. The digest stands for namespace and name, see `names`.
LEARNER_NAMES = Table(
    "learner_names",
    METADATA,
    Column("namespace", CleanText, primary_key=True),
    Column("digest", CleanText, primary_key=True),
    Column("learner_id", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Index("ix_learner_names_learner_id", "learner_id"),
)

# The newest row of a learner is the profile; `set_by_learner` tells an edit from what a turn read.
LEARNER_FACTS = Table(
    "learner_facts",
    METADATA,
    Column("number", row_number(), primary_key=True),
    Column("learner_id", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("profile", JSON, nullable=False),
    Column("set_by_learner", Boolean, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Index("ix_learner_facts_learner_id", "learner_id", "number"),
)

# The plan as it was drawn; a learner has one. See `tutor.planning.progress`.
STUDY_PLANS = Table(
    "study_plans",
    METADATA,
    Column("learner_id", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("plan", JSON, nullable=False),
    Column("begun", Date, nullable=False),
    Column("weeks_before", Integer, nullable=False),
    Column("drawn", UtcDateTime, nullable=False),
)

# They go with the plan, and stay when it is drawn again.
FINISHED_MODULES = Table(
    "finished_modules",
    METADATA,
    Column(
        "learner_id", ForeignKey("study_plans.learner_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("course", CleanText, primary_key=True),
    Column("module", CleanText, primary_key=True),
    Column("finished", UtcDateTime, nullable=False),
)

# `lease_until` counts seconds by the clock of the database.
CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", CleanText, primary_key=True),
    Column("owner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("language", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("lease_holder", CleanText),
    Column("lease_until", Double),
    Index("ix_conversations_owner", "owner", "updated", "id"),
)

CONVERSATION_NAMES = Table(
    "conversation_names",
    METADATA,
    Column("owner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", CleanText, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Index("ix_conversation_names_conversation_id", "conversation_id"),
)

# One row holds both messages of a turn: there can be no question without its answer.
TURNS = Table(
    "turns",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("question_id", CleanText, nullable=False),
    Column("answer_id", CleanText, nullable=False, unique=True),
    Column("question", CleanText, nullable=False),
    Column("asked", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("created", UtcDateTime, nullable=False),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("number", row_number(), primary_key=True),
    Column("message_id", ForeignKey("turns.answer_id", ondelete="CASCADE"), nullable=False),
    Column("kind", CleanText, nullable=False),
    Column("sentence", CleanText),
    Column("comment", CleanText),
    Column("created", UtcDateTime, nullable=False),
    Index("ix_feedback_message_id", "message_id"),
)
