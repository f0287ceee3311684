"""The learner's profile as it is shown and changed in a chat."""

from __future__ import annotations

from dataclasses import fields

import pytest

from api.chat_fields import FIELDS, GOAL
from api.chat_profile import changed, described, edited, parsed, value_of
from api.chat_views import profile_page
from api.render_plain import plain
from corpus.errors import UsageError
from corpus.types import Direction, Goal, Language
from tutor.learner import Background, Known, Learner, Level

NOBODY = Learner(Language.CHINESE)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("weeks 8", "时间：8 周"),
        ("周数 1.5", "时间：1.5 周"),
        ("hours 10", "每周：10 小时"),
        ("math solid", "数学：基础不错"),
        ("数学 零基础", "数学：没学过"),
        ("编程 会一点", "编程：学过一点"),
        ("ML basic", "机器学习：学过一点"),
        ("direction 计算机视觉", "方向：计算机视觉"),
        ("方向 NLP", "方向：自然语言处理"),
        ("goal 面试", "目标：找工作"),
    ],
)
def test_a_field_is_set_in_either_language_and_can_be_dropped(words: str, shown: str) -> None:
    learner = edited(NOBODY, words)
    assert described(learner, FIELDS, Language.CHINESE) == [shown]
    assert edited(learner, f"clear {words.split(maxsplit=1)[0]}") == NOBODY


@pytest.mark.parametrize("goal", list(Goal))
def test_a_goal_is_known_by_its_id_and_by_its_names(goal: Goal) -> None:
    for name in (goal.value, goal.value.upper(), *names_of(goal)):
        assert parsed(GOAL, name) is goal


def names_of(goal: Goal) -> tuple[str, str]:
    shown = GOAL.show(goal)
    return shown.zh, shown.en


def test_a_goal_that_is_set_counts_as_stated() -> None:
    read = Learner(Language.CHINESE, Goal.JOB, Known.READ, "面试", Goal.RESEARCH)
    stated = changed(read, GOAL, Goal.RESEARCH)
    assert (stated.goal, stated.goal_known) == (Goal.RESEARCH, Known.STATED)
    assert (stated.goal_words, stated.goal_before) == ("", None)
    assert changed(stated, GOAL, None).goal_known is Known.UNKNOWN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("weeks", "/profile weeks 8"),
        ("weeks soon", "/profile weeks"),
        ("weeks -1", "/profile weeks"),
        ("hours 169", "168"),
        ("shoe size", "weeks"),
        ("math quite", "solid"),
        ("goal fame", "graduation-project"),
        ("clear", "weeks"),
    ],
)
def test_what_cannot_be_set_is_said_with_what_can(words: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        edited(NOBODY, words)
    for language in Language:
        assert said in caught.value.text(language)


def test_everything_that_is_known_is_shown() -> None:
    everything = Learner(
        Language.ENGLISH,
        Goal.JOB,
        Known.READ,
        direction=Direction.VISION,
        weeks=8.0,
        hours_per_week=10.0,
        background=Background(Level.SOLID, Level.BASIC, Level.NONE),
    )
    assert all(value_of(everything, field) is not None for field in FIELDS)
    attributes = {field.attribute for field in FIELDS}
    assert {field.name for field in fields(Background)} < attributes
    for language in Language:
        page = plain(profile_page(everything, language))
        assert all(field.label.text(language) in page for field in FIELDS)


def test_an_empty_profile_says_how_to_fill_it() -> None:
    for known in (None, NOBODY):
        assert "/profile weeks 8" in plain(profile_page(known, Language.CHINESE))
