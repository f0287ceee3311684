"""What no plan can be made for is said before anything is computed."""

from __future__ import annotations

import pytest
from made_up import made_course

from corpus.errors import UsageError
from corpus.types import Language
from tutor.learner import Learner
from tutor.planning.knowledge import PlanKnowledge, gather
from tutor.planning.requests import LEAST_HOURS, check_request
from tutor.planning.types import PlanRequest, Swap


def given(*swaps: tuple[str, str], hours: float | None = None) -> tuple[PlanRequest, PlanKnowledge]:
    learner = Learner(Language.ENGLISH, hours_per_week=hours)
    courses = [made_course(name) for name in ("a", "b", "c", "x")]
    request = PlanRequest(learner, swaps=tuple(Swap(*swap) for swap in swaps))
    return request, gather(courses, (), {})


@pytest.mark.parametrize(
    ("swaps", "circle"),
    [
        ([("a", "a")], "a → a"),
        ([("a", "b"), ("b", "a")], "(a → b → a|b → a → b)"),
        ([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")], "→ (a|b|c) →"),
    ],
)
def test_swaps_in_a_circle(swaps: list[tuple[str, str]], circle: str) -> None:
    with pytest.raises(UsageError, match=circle) as raised:
        check_request(*given(*swaps))
    assert "请去掉其中一处" in raised.value.message.zh


@pytest.mark.parametrize(
    "swaps",
    [[], [("a", "b")], [("a", "b"), ("b", "c")], [("a", "b"), ("a", "c"), ("b", "c")]],
    ids=str,
)
def test_a_course_that_was_taken_instead_may_be_swapped_as_well(
    swaps: list[tuple[str, str]],
) -> None:
    check_request(*given(*swaps))


def test_the_hours_that_a_plan_takes() -> None:
    for enough in (None, LEAST_HOURS, 100.0):
        check_request(*given(hours=enough))
    for hours in (0.49, 1e-9):
        with pytest.raises(UsageError, match=r"at least 0\.5 hours a week") as raised:
            check_request(*given(hours=hours))
        assert "至少 0.5 小时" in raised.value.message.zh
