"""What of a plan is finished, and what drawing it again keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corpus.types import Goal
from tests.api.plan_examples import FULL, REQUEST
from tutor.learner import Known
from tutor.planning.progress import (
    PROJECT,
    StudyProgress,
    drawn,
    finished_modules,
    finished_weeks,
    next_week_begins,
    share_finished,
    tasks,
    ticked,
    weeks_left,
)
from tutor.planning.types import ModuleKey

MONDAY = date(2026, 3, 2)
LINEAR, ATTENTION = ModuleKey("d2l", "linear-networks"), ModuleKey("d2l", "attention")
DONE_BEFORE = ModuleKey("d2l", "preliminaries")
OWN_WORK = (ModuleKey(PROJECT, "1"), ModuleKey(PROJECT, "2"))


def having(*finished: ModuleKey, before: int = 0) -> StudyProgress:
    """The plan of two weeks with this much ticked; `attention` ends in the second week."""
    weeks = tuple(replace(week, number=week.number + before) for week in FULL.weeks)
    ticks = dict.fromkeys(finished, datetime(2026, 3, 5, tzinfo=UTC))
    return StudyProgress(replace(FULL, weeks=weeks), MONDAY, ticks, before)


def with_no_modules(progress: StudyProgress) -> StudyProgress:
    """The same where every week holds only the work on the project."""
    weeks = [replace(week, steps=week.steps[1:]) for week in progress.plan.weeks]
    return replace(progress, plan=replace(progress.plan, weeks=tuple(weeks)))


@pytest.mark.parametrize(
    ("finished", "weeks"),
    [
        ((), 0),
        (OWN_WORK, 0),
        ((LINEAR,), 1),
        ((ATTENTION,), 0),
        ((LINEAR, ATTENTION), 2),
        ((DONE_BEFORE,), 0),
    ],
    ids=["nothing", "the project alone", "what ends in week 1", "a gap", "all", "something else"],
)
def test_a_week_is_finished_with_the_modules_that_end_in_it(
    finished: tuple[ModuleKey, ...], weeks: int
) -> None:
    assert finished_weeks(having(*finished)) == weeks
    assert finished_weeks(having(*finished, before=3)) == weeks + 3


def test_a_week_in_which_nothing_ends_is_finished_with_what_it_works_on() -> None:
    first, second = FULL.weeks
    course, project = first.steps
    long_only = replace(course, modules=course.modules[1:])
    weeks = (replace(first, steps=(long_only, project)), second)
    progress = having()
    progress = replace(progress, plan=replace(FULL, weeks=weeks))
    assert finished_weeks(progress) == 0
    assert finished_weeks(replace(progress, finished=having(ATTENTION).finished)) == 2


def test_a_week_of_the_project_alone_is_finished_when_that_is_ticked() -> None:
    assert finished_weeks(with_no_modules(having())) == 0
    assert finished_weeks(with_no_modules(having(OWN_WORK[0]))) == 1


def test_the_share_of_the_way_grows_from_nothing_to_all() -> None:
    steps = (OWN_WORK[1], OWN_WORK[0], ATTENTION, LINEAR)
    shares = [share_finished(having(*steps[:count])) for count in range(len(steps) + 1)]
    assert shares == sorted(set(shares))
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_a_finished_week_counts_as_much_before_and_after_drawing_again() -> None:
    before = having(LINEAR)
    rest = replace(FULL, weeks=(replace(FULL.weeks[1], number=1),))
    assert share_finished(before) == share_finished(drawn(rest, MONDAY, before)) == 0.5


def test_ticks_are_shown_in_their_weeks_also_where_a_module_takes_two() -> None:
    plan = ticked(having(ATTENTION))
    done = [[module.done for module in week.steps[0].modules] for week in plan.weeks]
    assert done == [[False, True], [True]]
    assert ticked(having()) == FULL


def test_drawing_again_counts_on_after_the_finished_weeks() -> None:
    before = having(LINEAR, OWN_WORK[0])
    rest = replace(FULL, weeks=(replace(FULL.weeks[1], number=1),))
    again = drawn(rest, date(2026, 3, 11), before)
    assert [week.number for week in again.plan.weeks] == [2]
    assert again.begun == date(2026, 3, 4), "so that week 2 begins on the eleventh"
    assert again.weeks_before == 1
    assert again.finished == before.finished
    assert drawn(rest, date(2026, 3, 11), again) == again, "without a tick nothing moves"


def test_drawing_again_for_the_same_goal_remembers_how_it_became_known() -> None:
    learner = replace(REQUEST.learner, goal_known=Known.STATED, goal_words="")
    again = drawn(replace(FULL, request=replace(REQUEST, learner=learner)), MONDAY, having())
    assert again.request.learner == REQUEST.learner
    other = replace(learner, goal=Goal.JOB)
    elsewhere = drawn(replace(FULL, request=replace(REQUEST, learner=other)), MONDAY, having())
    assert elsewhere.request.learner == other


def test_the_finished_modules_leave_out_the_work_on_the_project() -> None:
    assert finished_modules(having(LINEAR, OWN_WORK[0])) == {LINEAR}


def test_the_time_that_is_left_is_what_the_unfinished_weeks_had() -> None:
    assert weeks_left(having()) == 2
    assert weeks_left(having(LINEAR)) == 1
    assert weeks_left(having(LINEAR, before=5)) == 1
    assert weeks_left(having(LINEAR, ATTENTION)) == 1, "whoever goes on wants at least a week"
    learner = replace(REQUEST.learner, weeks=None)
    endless = replace(FULL, request=replace(REQUEST, learner=learner))
    assert weeks_left(drawn(endless, MONDAY)) is None


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (date(2026, 2, 25), date(2026, 3, 9)),
        (date(2026, 3, 15), date(2026, 3, 9)),
        (date(2026, 3, 16), date(2026, 3, 16)),
        (date(2026, 4, 1), date(2026, 3, 30)),
    ],
    ids=["early", "in that week", "a week late", "weeks late"],
)
def test_the_next_week_begins_as_planned_or_in_the_present_week(today: date, begins: date) -> None:
    assert next_week_begins(having(LINEAR), today) == begins


def test_everything_planned_can_be_ticked_and_so_can_what_was_done_before() -> None:
    assert tasks(FULL) == {LINEAR, ATTENTION, DONE_BEFORE, *OWN_WORK}
