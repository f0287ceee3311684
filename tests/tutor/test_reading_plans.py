"""What a question tells of a plan: that one is wanted, the time, the background, the budget."""

from __future__ import annotations

import pytest

from corpus.types import Direction, Goal, Topic
from tutor.learner import Level
from tutor.plan_place import PlanPlace, plan_place
from tutor.plan_wish import means_own_plan, names_only_plan
from tutor.understanding import Wishes, understand

EXAMPLE = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
IN_ENGLISH = (
    "I have two months, 10 hours a week, and need to do an NLP thesis; I've done maths but no "
    "machine learning"
)


@pytest.mark.parametrize("said", [EXAMPLE, IN_ENGLISH])
def test_a_learner_tells_everything_in_one_statement(said: str) -> None:
    understanding = understand(said)
    learner = understanding.learner
    assert understanding.wants_plan
    assert (learner.goal, learner.direction) == (Goal.GRADUATION_PROJECT, Direction.LANGUAGE)
    assert (learner.weeks, learner.hours_per_week) == (8, 10)
    assert learner.background.mathematics is Level.BASIC
    assert learner.background.machine_learning is Level.NONE
    assert learner.background.programming is None


@pytest.mark.parametrize(
    "question",
    [
        "给我排个计划",
        "两个月怎么安排",
        "能不能帮我排一下每周学什么",
        "求一份学习计划",
        "按周给我列一下",
        "深度学习的时间怎么分配",
        "给个时间表吧",
        "make me a study plan",
        "I have 6 weeks, 10h/week",
        "What plan is realistic?",
        "whats a sane deep learning study plan",
        "How should I spread out learning ML and deep learning?",
        "how should I spend my summer to get into ML",
        "Please plan my next two months",
        "Can you give me a week-by-week schedule?",
        "每周只有5个小时，能学会深度学习吗",
        "學深度學習，幫我排個計劃",
        "重新排一下我的计划",
        "update my plan please",
    ],
)
def test_a_plan_is_wanted_where_one_is_asked_for_or_a_time_is_given(question: str) -> None:
    assert understand(question).wants_plan


@pytest.mark.parametrize(
    "question",
    [
        "计划生育政策对机器学习有影响吗",
        "我计划学深度学习，数学要学到什么程度",
        "按照学校的计划，下学期才有机器学习课，要先自学吗",
        "我的计划是先学 Python 再学机器学习，这样对吗",
        "计划赶不上变化，还要学数学吗",
        "I plan to learn deep learning, how much math do I need",
        "our plan is to use a CNN, do we need ML first?",
        "my plan was to skip ML. Is that ok?",
        "no particular plan, just curious: is math needed?",
        "how should I split the dataset into train and test?",
        "深度学习要学多久",
        "CS231n 要学多久",
        "学习路线是什么",
    ],
)
def test_a_plan_that_is_only_spoken_of_is_not_wanted(question: str) -> None:
    assert not understand(question).wants_plan


def test_a_time_that_a_door_was_told_counts_as_given() -> None:
    question = "学深度学习要先学机器学习吗？"
    assert not understand(question).wants_plan
    assert understand(question, Wishes(weeks=8)).wants_plan
    assert understand(question, Wishes(hours_per_week=5)).wants_plan


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("给我排个计划", True),
        ("I have 6 weeks, 10h/week", True),
        (EXAMPLE, True),
        ("制定一个转行大模型的学习计划", True),
        ("给我排个健身计划", False),
        ("make me a study plan for learning Japanese", False),
        ("6周备考雅思，每天3小时", False),
        ("I have 6 weeks to lose weight", False),
    ],
)
def test_a_plan_for_something_else_says_so(question: str, alone: bool) -> None:
    assert names_only_plan(question.casefold()) is alone


@pytest.mark.parametrize(
    ("statement", "levels"),
    [
        ("零基础", (Level.NONE, Level.NONE, Level.NONE)),
        ("我零基础，但会 Python", (Level.NONE, Level.SOLID, Level.NONE)),
        ("零基础学深度学习", (None, None, Level.NONE)),
        ("会编程", (None, Level.SOLID, None)),
        ("线代学过", (Level.BASIC, None, None)),
        ("高数线代概率都学过", (Level.SOLID, None, None)),
        ("没学过高数", (Level.NONE, None, None)),
        ("数学学过，机器学习没学过，会编程", (Level.BASIC, Level.SOLID, Level.NONE)),
        ("机器学习还没学完", (None, None, Level.BASIC)),
        ("没有机器学习基础，有编程经验", (None, Level.SOLID, Level.NONE)),
        ("非科班，学过一点python", (None, Level.BASIC, None)),
        ("I know Python but no ML", (None, Level.SOLID, Level.NONE)),
        ("I can code but know nothing about machine learning", (None, Level.SOLID, Level.NONE)),
        ("complete beginner here", (Level.NONE, Level.NONE, Level.NONE)),
        ("a bit of Python and high-school maths", (Level.BASIC, Level.BASIC, None)),
    ],
)
def test_the_background_is_read_from_the_first_words(
    statement: str, levels: tuple[Level | None, ...]
) -> None:
    background = understand(statement).learner.background
    assert levels == (
        background.mathematics,
        background.programming,
        background.machine_learning,
    )


@pytest.mark.parametrize(
    ("question", "free"),
    [
        ("给我排个计划，只要免费的", True),
        ("两个月，不想花钱", True),
        ("6 weeks, free resources only", True),
        ("I can't pay for courses, 6 weeks", True),
        ("I have 10 hours of free time a week", False),
        ("I'm free on weekends, 5 hours a week", False),
        ("feel free to answer briefly: 6 weeks", False),
    ],
)
def test_whether_it_must_cost_nothing(question: str, free: bool) -> None:
    assert understand(question).wants_free is free


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Python 要学多久", Topic.PROGRAMMING_FIRST),
        ("线性代数多久能学完", Topic.MATH_DEPTH),
        ("How long does it take to learn Python?", Topic.PROGRAMMING_FIRST),
        ("深度学习要学多久", None),
        ("找工作 Python 要学多久", None),
        ("学 Python，每周 5 小时要多久", None),
    ],
)
def test_the_time_of_a_tool_is_not_that_of_the_field(question: str, topic: Topic | None) -> None:
    understanding = understand(question)
    assert understanding.time_of is topic
    if topic is not None:
        assert Topic.TIME_PLAN not in understanding.topics
        assert understanding.wants_courses


class TestWhereThePlanStands:
    def test_first_where_nothing_else_is_asked(self) -> None:
        asked = understand("我有两个月，怎么安排？")
        assert plan_place(asked, [Topic.TIME_PLAN], names_source=False) is PlanPlace.FIRST

    def test_last_where_a_topic_is_asked_about(self) -> None:
        asked = understand("学深度学习要先学机器学习吗？我有两个月")
        topics = [Topic.ML_BEFORE_DL, Topic.TIME_PLAN]
        assert plan_place(asked, topics, names_source=False) is PlanPlace.LAST

    def test_nowhere_where_the_time_is_for_a_course(self) -> None:
        asked = understand("I have 10 weeks, can I finish CS231n?")
        assert plan_place(asked, [], names_source=True) is None
        wanted = understand("I have 10 weeks, make me a study plan around CS231n")
        assert plan_place(wanted, [], names_source=True) is not None

    @pytest.mark.parametrize("wishes", [Wishes(weeks=500), Wishes(hours_per_week=150)])
    def test_nowhere_for_a_time_out_of_all_proportion(self, wishes: Wishes) -> None:
        assert plan_place(understand("给我排个计划", wishes), [], names_source=False) is None


@pytest.mark.parametrize(
    ("said", "own"),
    [
        (EXAMPLE, True),
        ("每周只有 5 小时了", True),
        ("给我排个计划好吗？", True),
        ("两个月能转行吗？", False),
        ("Is two months enough to get started?", False),
    ],
)
def test_a_question_is_not_yet_a_plan_of_ones_own(said: str, own: bool) -> None:
    assert means_own_plan(said) is own
