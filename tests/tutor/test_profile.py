"""What the turns of a conversation say of the learner, put together."""

from __future__ import annotations

import pytest

from corpus.types import Direction, Goal, Language
from tutor.learner import Background, Known, Learner, Level
from tutor.turns.profile import Merged, carry_over
from tutor.turns.retractions import still_holds, withdrawn_in

NOBODY = Learner(Language.CHINESE)
THESIS = Learner(
    Language.CHINESE,
    goal=Goal.GRADUATION_PROJECT,
    goal_known=Known.READ,
    goal_words="毕设",
    direction=Direction.VISION,
    weeks=8.0,
    hours_per_week=5.0,
    background=Background(mathematics=Level.BASIC),
)


def now(goal: Goal | None = None, known: Known = Known.UNKNOWN, words: str = "") -> Learner:
    return Learner(Language.ENGLISH, goal, known, words)


def test_the_first_turn_changes_nothing() -> None:
    assert carry_over(None, THESIS) == Merged(THESIS, ())


def test_what_was_known_stays_known_and_the_goal_is_from_earlier() -> None:
    merged = carry_over(THESIS, now())
    assert merged.changed == ()
    assert (merged.learner.goal, merged.learner.goal_known) == (THESIS.goal, Known.EARLIER)
    assert merged.learner.goal_words == "毕设"
    assert (merged.learner.weeks, merged.learner.hours_per_week) == (8.0, 5.0)
    assert merged.learner.direction is Direction.VISION
    assert merged.learner.background == THESIS.background


def test_the_language_is_always_that_of_this_turn() -> None:
    assert carry_over(THESIS, now()).learner.language is Language.ENGLISH


def test_what_is_said_now_wins() -> None:
    said = Learner(
        Language.CHINESE,
        goal=Goal.JOB,
        goal_known=Known.READ,
        goal_words="找工作",
        weeks=3.0,
        background=Background(programming=Level.NONE, mathematics=Level.SOLID),
    )
    merged = carry_over(THESIS, said)
    assert merged.changed == ("goal", "weeks", "mathematics", "programming")
    assert (merged.learner.goal_known, merged.learner.goal_words) == (Known.READ, "找工作")
    assert merged.learner.weeks == 3.0
    assert merged.learner.background == Background(Level.SOLID, Level.NONE, None)


def test_the_same_goal_again_is_no_change_and_keeps_its_words() -> None:
    merged = carry_over(THESIS, now(Goal.GRADUATION_PROJECT, Known.READ, "毕业设计"))
    assert merged.changed == ()
    assert merged.learner.goal_words == "毕设"


@pytest.mark.parametrize("known", [Known.STATED, Known.READ, Known.EARLIER])
def test_a_likely_goal_never_replaces_a_named_one(known: Known) -> None:
    before = Learner(Language.CHINESE, Goal.RESEARCH, known)
    merged = carry_over(before, now(Goal.JOB, Known.LIKELY))
    assert (merged.learner.goal, merged.learner.goal_known) == (Goal.RESEARCH, Known.EARLIER)
    assert merged.changed == ()


def test_a_guess_stays_a_guess() -> None:
    guessed = Learner(Language.CHINESE, Goal.JOB, Known.LIKELY)
    assert carry_over(guessed, now()).learner.goal_known is Known.LIKELY
    other = carry_over(guessed, now(Goal.RESEARCH, Known.LIKELY))
    assert (other.learner.goal, other.changed) == (Goal.RESEARCH, ())


def test_a_guess_that_the_learner_confirms_is_read() -> None:
    guessed = Learner(Language.CHINESE, Goal.JOB, Known.LIKELY)
    merged = carry_over(guessed, now(Goal.JOB, Known.READ, "a job"))
    assert (merged.learner.goal_known, merged.learner.goal_words) == (Known.READ, "a job")
    assert merged.changed == ("goal",)


def test_a_goal_set_explicitly_stays_stated() -> None:
    merged = carry_over(THESIS, now(Goal.GRADUATION_PROJECT, Known.STATED))
    assert merged.learner.goal_known is Known.STATED


def test_what_is_withdrawn_is_gone() -> None:
    merged = carry_over(THESIS, now(), frozenset({"goal", "weeks", "direction"}))
    learner = merged.learner
    assert (learner.goal, learner.goal_known, learner.goal_words) == (None, Known.UNKNOWN, "")
    assert (learner.weeks, learner.direction) == (None, None)
    assert learner.hours_per_week == 5.0
    assert merged.changed == ("goal", "direction", "weeks")


@pytest.mark.parametrize(
    ("said", "withdrawn"),
    [
        ("没有什么目标，随便问问", {"goal"}),
        ("no particular goal", {"goal"}),
        ("no longer thesis", {"goal"}),
        ("毕设已经做完了", {"goal"}),
        ("毕设不做了", {"goal"}),
        ("不是毕设，是找工作", set()),
        ("I'm not looking for a job", set()),
        ("不做视觉了", {"direction"}),
        ("不做视觉了，改做NLP", set()),
        ("forget the deadline", {"weeks"}),
        ("不急，没有截止日期", {"weeks"}),
        ("没有截止日期了，就三个月吧", set()),
        ("我数学没学过", set()),
    ],
)
def test_what_a_statement_takes_back(said: str, withdrawn: set[str]) -> None:
    assert withdrawn_in(said, THESIS) == withdrawn


def test_nothing_known_nothing_withdrawn() -> None:
    assert withdrawn_in("没有什么目标", None) == frozenset()


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("不是找工作，是毕设", "毕设"),
        ("不是科研是工作", "工作"),
        ("not research but a job", "a job"),
        ("I meant a job, not research", "I meant a job"),
        ("两个月改成三个月", "三个月"),
        ("毕设做完了，现在想找工作", "现在想找工作"),
        ("我数学没学过", "我数学没学过"),
    ],
)
def test_what_is_turned_down_does_not_hold(statement: str, holds: str) -> None:
    assert still_holds(statement) == holds
