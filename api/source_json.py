"""The parts that answers and plans have in common, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.goal_reason import goal_reason
from tutor.citation import Citation
from tutor.learner import Learner


def learner_object(learner: Learner) -> dict[str, Any]:
    """What is known of a learner, as an object of plain values."""
    return {
        "goal": learner.goal and learner.goal.value,
        "goal_reason": goal_reason(learner),
        "direction": learner.direction and learner.direction.value,
        "weeks": learner.weeks,
        "hours_per_week": learner.hours_per_week,
        "background": asdict(learner.background),
        "language": learner.language.value,
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """A citation as an object of plain values; `start` and `end` count code points."""
    return {
        "number": citation.number,
        "author": citation.author,
        "platform": citation.platform,
        "title": citation.title,
        "url": citation.url,
        "published": citation.published,
        "quote": citation.quote,
        "source_id": citation.source_id,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind.value,
        "language": citation.language.value,
        "verbatim": citation.verbatim,
        "rendering": citation.rendering,
        "age_warning": citation.age_warning,
    }
