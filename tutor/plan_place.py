"""Whether an answer holds a plan, and where in it the plan stands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from corpus.types import Topic
from tutor.plan_wish import asks_for_plan
from tutor.understanding import GENERAL_TOPICS, Understanding


class PlanPlace(StrEnum):
    """Where the plan stands in an answer."""

    FIRST = "first"  # nothing but a plan is asked for; opinions come after it
    LAST = "last"  # a topic is asked about as well; the plan is what follows from the opinions


def plan_place(
    understanding: Understanding, topics: Sequence[Topic], *, names_source: bool
) -> PlanPlace | None:
    """The place of the plan in an answer on `topics`, None where none is wanted.

    A time that is named in a question about a course or a person asks for no plan, and none can be
    drawn for a time out of all proportion.
    """
    asked = asks_for_plan(understanding.text.casefold())
    if not understanding.wants_plan or (names_source and not asked) or _is_endless(understanding):
        return None
    particular = set(understanding.topics) - set(GENERAL_TOPICS)
    general = not topics or topics[0] in GENERAL_TOPICS
    return PlanPlace.LAST if particular and not general else PlanPlace.FIRST


def _is_endless(understanding: Understanding) -> bool:
    # The planner takes a tenth of a second to import, and few questions want a plan.
    from tutor.planning.requests import LEAST_HOURS, MOST_HOURS, MOST_WEEKS

    learner = understanding.learner
    hours = learner.hours_per_week
    in_range = hours is None or LEAST_HOURS <= hours <= MOST_HOURS
    return (learner.weeks or 0) > MOST_WEEKS or not in_range
