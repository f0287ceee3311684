"""What learners who ask for a plan tell of their knowledge, time and aim, in many wordings."""

from __future__ import annotations

import pytest

from corpus.types import Goal
from tutor.duration import TimeAvailable, time_available
from tutor.learner import Background, Level
from tutor.understanding import understand

NONE, BASIC, SOLID = Level.NONE, Level.BASIC, Level.SOLID
NOTHING = Background(NONE, NONE, NONE)


def background(said: str) -> Background:
    return understand(said).learner.background


@pytest.mark.parametrize(
    "said",
    [
        "什么基础都没有，想学深度学习",
        "我啥基础也没有",
        "零基础，两个月",
        "0基础小白求计划",
        "没有任何基础",
        "毫无基础，每周 5 小时",
        "什么都没学过，有半年",
        "我啥都不会",
        "我完全一窍不通",
        "纯小白，三个月",
        "no background at all, 6 weeks",
        "I'm a complete beginner",
        "absolute beginner here, 5 hours a week",
        "I have no prior knowledge",
        "I know absolutely nothing, 3 months",
        "I'm starting from scratch, one year",
    ],
)
def test_who_knows_nothing_knows_nothing_of_any_subject(said: str) -> None:
    assert background(said) == NOTHING


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("机器学习零基础", Background(None, None, NONE)),
        ("数学零基础，会 Python", Background(NONE, SOLID, None)),
        ("数学一窍不通", Background(NONE, None, None)),
        ("对编程一窍不通", Background(None, NONE, None)),
        ("编程小白", Background(None, NONE, None)),
        ("没有任何数学基础", Background(NONE, None, None)),
        ("零基础学深度学习", Background(None, None, NONE)),
        ("零基础，但数学很扎实", Background(SOLID, NONE, NONE)),
        ("complete beginner in programming", Background(None, NONE, None)),
        ("no background in maths", Background(NONE, None, None)),
        ("complete beginner with a maths degree", Background(SOLID, None, None)),
        ("李沐的课需要什么基础", Background()),
        ("这门课要什么基础才能跟", Background()),
        ("对英语一窍不通", Background()),
        ("implement a transformer from scratch", Background()),
        ("Are these books for complete beginners?", Background()),
    ],
)
def test_nothing_of_one_subject_is_not_nothing_at_all(said: str, told: Background) -> None:
    assert background(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Python 和概率论都学过", Background(BASIC, BASIC, None)),
        ("数学和 Python 都会", Background(SOLID, SOLID, None)),
        ("会 Python 和高数", Background(SOLID, SOLID, None)),
        ("数学、编程和机器学习都没学过", NOTHING),
        ("没学过数学和编程", Background(NONE, NONE, None)),
        ("机器学习和深度学习学过", Background(None, None, BASIC)),
        ("线代概率都学过，Python 与机器学习都不会", Background(SOLID, NONE, NONE)),
        ("good at maths and Python", Background(SOLID, SOLID, None)),
        ("good at both maths and programming", Background(SOLID, SOLID, None)),
        ("I know maths and programming", Background(BASIC, SOLID, None)),
        ("solid machine learning and maths", Background(SOLID, None, SOLID)),
        ("strong in maths, Python and machine learning", Background(SOLID, SOLID, SOLID)),
        ("会一点机器学习和 Python", Background(None, BASIC, BASIC)),
        ("no maths or programming", Background(NONE, NONE, None)),
        ("I have never done maths or ML", Background(NONE, None, NONE)),
        ("my maths and Python are rusty", Background(BASIC, BASIC, None)),
    ],
)
def test_what_is_told_of_several_subjects_holds_for_each(said: str, told: Background) -> None:
    assert background(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Python yes, ML no", Background(None, SOLID, NONE)),
        ("maths: good at it? no. ML: none", Background(None, None, NONE)),
        ("good at maths, no ML yet", Background(SOLID, None, NONE)),
        ("I can code in Python, never did ML", Background(None, SOLID, NONE)),
        ("I know ML but no deep learning", Background(None, None, SOLID)),
        ("学过机器学习，没学过深度学习", Background(None, None, BASIC)),
        ("深度学习没学过", Background(None, None, NONE)),
        ("做过深度学习", Background(None, None, BASIC)),
        ("会编程，但数学不会", Background(NONE, SOLID, None)),
        ("Python 会一点，数学很扎实", Background(SOLID, BASIC, None)),
        ("I don't know Python", Background(None, NONE, None)),
        ("I don't have a maths background", Background(NONE, None, None)),
        ("maths is fine, ML is new to me", Background(SOLID, None, NONE)),
        ("Python: good, maths: ok, ML: none", Background(BASIC, SOLID, NONE)),
        ("strong background in maths, zero experience with ML", Background(SOLID, None, NONE)),
        ("comfortable with Python, weak on maths", Background(NONE, SOLID, None)),
    ],
)
def test_contrasts_keep_the_subjects_apart(said: str, told: Background) -> None:
    assert background(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("took one ML course", Background(None, None, BASIC)),
        ("I've only had an intro machine learning class", Background(None, None, BASIC)),
        ("I've done Andrew Ng's ML course", Background(None, None, BASIC)),
        ("机器学习课刚上完", Background(None, None, BASIC)),
        ("ML engineer moving on", Background(None, None, SOLID)),
        ("I work as a machine learning engineer", Background(None, None, SOLID)),
        ("我是算法工程师", Background(None, None, SOLID)),
        ("good programmer", Background(None, SOLID, None)),
        ("I code.", Background(None, SOLID, None)),
        ("I program for a living", Background(None, SOLID, None)),
        ("software engineer, 10 hours a week", Background(None, SOLID, None)),
        ("天天写代码，半年时间", Background(None, SOLID, None)),
        ("maths degree", Background(SOLID, None, None)),
        ("I have a degree in mathematics", Background(SOLID, None, None)),
        ("my maths is rusty", Background(BASIC, None, None)),
        ("rusty calculus", Background(BASIC, None, None)),
        ("线代生疏了", Background(BASIC, None, None)),
        ("高数忘光了", Background(NONE, None, None)),
    ],
)
def test_courses_trades_and_what_was_forgotten(said: str, told: Background) -> None:
    assert background(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "I want to become a machine learning engineer",
        "I want to become a good programmer",
        "machine learning engineer jobs in 6 months",
        "想当机器学习工程师",
        "算法工程师面试，三个月",
        "can I code in R instead?",
        "is there no ML needed?",
        "which good Python courses are there",
        "I want to get good at maths and Python",
        "need to know maths and programming?",
        "要会数学和编程吗",
        "用一年学会机器学习",
        "想精通数学和编程",
        "Python 会不会太难",
        "数学建模比赛",
        "机器学习和深度学习先学哪个",
    ],
)
def test_what_is_asked_or_wished_for_is_not_known_yet(said: str) -> None:
    assert background(said) == Background()


@pytest.mark.parametrize(
    ("words", "weeks", "hours"),
    [
        ("只有 1 周，一共 6 小时", 1, 6),
        ("两周一共 20 小时", 2, 10),
        ("有四周，总共能抽出 20 个小时", 4, 5),
        ("6 hours in total over 2 weeks", 2, 3),
        ("4 weeks, 30 hours altogether", 4, 7.5),
        ("I have a total of 20 hours, 3 weeks", 3, 6.7),
        ("20 hours over the next 2 weeks", 2, 10),
        ("三天，一共 12 小时", 0.4, 30),
        ("一共 6 小时", None, None),
        ("每周一共 6 小时，两个月", 8, 6),
        ("6 hours in total per week, 2 weeks", 2, 6),
        ("每天 3 小时，2 周", 2, 21),
        ("3 hours a day for 2 weeks", 2, 21),
        ("这门课一共 40 小时，我有 4 周", 4, None),
        ("the course takes 40 hours in total, I have 4 weeks", 4, None),
        ("一共 6 周，每周 10 小时", 6, 10),
    ],
)
def test_hours_in_total_are_spread_over_the_weeks(
    words: str, weeks: float | None, hours: float | None
) -> None:
    assert time_available(words) == TimeAvailable(weeks, hours)


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        ("找工作用，3 个月，每周 10 小时，只看免费的课", 13),
        ("准备找工作 3 个月", 13),
        ("毕业设计 3 个月", 13),
        ("明年毕业，半年时间", 26),
        ("still working, 3 months left", 13),
        ("工作三年了想转行", None),
        ("工作了 2 年", None),
        ("找工作找了三个月", None),
        ("毕业一年了", None),
        ("worked 2 years", None),
        ("有两年 Python 开发经验", None),
    ],
)
def test_a_job_to_be_found_is_no_time_worked(words: str, weeks: float | None) -> None:
    assert time_available(words).weeks == weeks


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("want to build with LLMs", Goal.LLM_APPLICATION),
        ("building LLM apps, 6 weeks", Goal.LLM_APPLICATION),
        ("develop products on top of GPT", Goal.LLM_APPLICATION),
        ("LLM-powered tools for my team", Goal.LLM_APPLICATION),
        ("想用大模型做点东西", Goal.LLM_APPLICATION),
        ("大模型开发，两个月", Goal.LLM_APPLICATION),
        ("moving to LLM training", Goal.LLM_ENGINEERING),
        ("I want to train language models", Goal.LLM_ENGINEERING),
        ("train and serve large language models", Goal.LLM_ENGINEERING),
        ("想训练自己的语言模型", Goal.LLM_ENGINEERING),
        ("语言模型训练，三个月", Goal.LLM_ENGINEERING),
        ("how do LLMs work", None),
        ("什么是语言模型", None),
        ("do I need ML before LLMs", None),
    ],
)
def test_building_with_language_models_and_training_them(said: str, goal: Goal | None) -> None:
    assert understand(said).learner.goal is goal


@pytest.mark.parametrize(
    "unit", ["数学和", "python, ", "共", "both maths and ", "没", "i code and "]
)
def test_long_lists_are_read_in_good_time(unit: str) -> None:
    """A pattern that tries every way to split a list would not come back from this."""
    assert background(unit * 1000) is not None
