"""The errors that a door answers with "not found"."""

from __future__ import annotations

from corpus.errors import ConversationError


class ConversationNotFoundError(ConversationError):
    """There is no such conversation, learner or answer, or it belongs to somebody else."""


class PlanNotFoundError(ConversationError):
    """The learner has no study plan, or it has no such part."""
