"""A text is labelled with the side it plainly takes, and left alone where it takes none."""

from __future__ import annotations

import pytest

from corpus.types import Goal, Stance, Topic
from ingest.durations import durations
from ingest.labelling import label

ML_FIRST = "学深度学习之前要先学机器学习吗？"
ML_FIRST_EN = "Should I learn machine learning before deep learning?"

NEEDED, CORE = Stance.NEEDED, Stance.CORE_SUBSET
NOT_NEEDED, DEPENDS = Stance.NOT_NEEDED, Stance.DEPENDS_ON_GOAL


def sides(text: str, question: str = "") -> dict[Topic, Stance]:
    """The stance on each topic that is not tied to a goal."""
    found = label(text, question)
    assert all(position.guessed and position.says is None for position in found)
    return {position.topic: position.stance for position in found if not position.goals}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("不需要。先找一份数据跑起来，卡住了再翻书。", NOT_NEEDED),
        ("没必要先把机器学习啃一遍，直接上手深度学习就行。", NOT_NEEDED),
        ("机器学习完全可以跳过，我带的学生都是这么过来的。", NOT_NEEDED),
        ("要先学。机器学习是绕不开的，连损失函数都说不清就没法往下走。", NEEDED),
        ("我建议先把机器学习学扎实，之后再学深度学习也不迟。", NEEDED),
        ("不懂机器学习，后面根本看不懂论文在说什么。", NEEDED),
        ("机器学习只需要掌握最基本的几个模型，其余的以后再看。", CORE),
        ("机器学习懂一点皮毛就够了，不用学完整本书。", CORE),
        ("这个看你的目标，各人情况不同，机器学习要不要先学没有定论。", DEPENDS),
    ],
)
def test_a_short_chinese_answer_takes_a_side_on_what_was_asked(text: str, stance: Stance) -> None:
    assert sides(text, ML_FIRST)[Topic.ML_BEFORE_DL] is stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("No. Pick a dataset and train something this weekend.", NOT_NEEDED),
        ("You don't need machine learning for that, just dive into deep learning.", NOT_NEEDED),
        ("You can skip machine learning; nobody will ask you about it.", NOT_NEEDED),
        ("Yes, absolutely. The older methods teach you how to evaluate a model.", NEEDED),
        ("You should study classical machine learning properly before you touch nets.", NEEDED),
        ("Machine learning is essential if you want to know why a network fails.", NEEDED),
        ("The basics of machine learning are enough; take two chapters and move on.", CORE),
        ("You only need to learn the core of machine learning first.", CORE),
        ("It depends on your goal whether machine learning has to come first.", DEPENDS),
    ],
)
def test_a_short_english_answer_takes_a_side_on_what_was_asked(text: str, stance: Stance) -> None:
    assert sides(text, ML_FIRST_EN)[Topic.ML_BEFORE_DL] is stance


@pytest.mark.parametrize(
    ("text", "topic", "stance"),
    [
        ("数学一定要打扎实。线性代数和概率论是必备的，没有数学走不远。", Topic.MATH_DEPTH, NEEDED),
        ("数学够用就行。线性代数懂一点就够了，不必啃完整本教材。", Topic.MATH_DEPTH, CORE),
        ("数学用到再补。遇到什么再去查线性代数里的相应部分。", Topic.MATH_DEPTH, CORE),
        ("开始时不需要学数学。数学可以先放一放，跑通代码要紧。", Topic.MATH_DEPTH, NOT_NEEDED),
        ("You need a solid grasp of calculus. Mathematics is crucial.", Topic.MATH_DEPTH, NEEDED),
        ("Pick up linear algebra as you go. Basic maths is enough.", Topic.MATH_DEPTH, CORE),
        ("必须先学会编程。Python 是必备的。", Topic.PROGRAMMING_FIRST, NEEDED),
        ("编程会基本语法就够了。Python 懂一点就行，够用就好。", Topic.PROGRAMMING_FIRST, CORE),
        ("选定一个框架学精。我推荐用 PyTorch。", Topic.FRAMEWORK, NEEDED),
        ("框架都可以，别纠结框架。哪个框架都行。", Topic.FRAMEWORK, NOT_NEEDED),
        (
            "Which framework you pick hardly matters. Any framework will do.",
            Topic.FRAMEWORK,
            NOT_NEEDED,
        ),
        ("先学理论，把原理弄懂，然后再动手做项目。理论先行。", Topic.STUDY_ORDER, NEEDED),
        ("先动手做一个项目。缺什么补什么，边做边学。", Topic.STUDY_ORDER, NOT_NEEDED),
        ("理论和实践要交替进行。边学边练。", Topic.STUDY_ORDER, CORE),
        ("Learn by doing. Start with a small project.", Topic.STUDY_ORDER, NOT_NEEDED),
        ("大概需要六个月才能入门。我拿出半年时间学完了全部内容。", Topic.TIME_PLAN, NEEDED),
        ("It takes about six weeks to learn the core of it.", Topic.TIME_PLAN, CORE),
        ("花两周时间就能上手，大概十天可以学完。", Topic.TIME_PLAN, NOT_NEEDED),
    ],
)
def test_the_other_topics(text: str, topic: Topic, stance: Stance) -> None:
    assert sides(text)[topic] is stance


def test_foundations_for_language_models_are_told_from_machine_learning_before_deep_learning() -> (
    None
):
    question = "做大模型还要学机器学习和深度学习吗？"
    needed = "需要。深度学习是必备的基础，机器学习也绕不开。"
    assert sides(needed, question) == {Topic.FOUNDATIONS_FOR_LLM: NEEDED}


def test_negation_turns_a_cue_round_and_double_negation_turns_it_back() -> None:
    assert sides("机器学习并非必须先学。", ML_FIRST)[Topic.ML_BEFORE_DL] is NOT_NEEDED
    assert sides("并不是不需要机器学习，还是得学。", ML_FIRST)[Topic.ML_BEFORE_DL] is NEEDED
    text = "That doesn't mean you don't need to learn machine learning first."
    assert sides(text, ML_FIRST_EN)[Topic.ML_BEFORE_DL] is NEEDED


def test_advice_for_different_goals_makes_different_positions() -> None:
    text = "如果只是做毕设，不用学机器学习，直接跑深度学习；要是想找工作，机器学习必须学扎实。"
    found = {position.stance: position.goals for position in label(text, ML_FIRST)}
    assert found == {NOT_NEEDED: (Goal.GRADUATION_PROJECT,), NEEDED: (Goal.JOB,)}
    text = (
        "For a graduation project you can skip machine learning, but for a job you must learn it."
    )
    found = {position.stance: position.goals for position in label(text, ML_FIRST_EN)}
    assert found[NOT_NEEDED] == (Goal.GRADUATION_PROJECT,)


@pytest.mark.parametrize(
    "text",
    [
        "今天给船底上漆，天气很好。",
        "机器学习和深度学习是两个相关的领域，前者出现得更早。",
        "深度学习要先学机器学习吗？到底需要学多少数学呢？",
        "很多人说不需要学机器学习，也有人觉得数学没用。",
        "“学深度学习不用数学”这个说法是错的。",
        "三年前我花了两个月修一条船，每天三小时。",
        "机器学习这门课的老师讲得很好，作业也有意思，深度学习那门差一些。",
        "Many people say you don't need maths for deep learning.",
        "Machine learning and deep learning are both taught in our department.",
        "Do I have to learn machine learning before deep learning?",
    ],
)
def test_a_text_that_takes_no_side_stays_unlabelled(text: str) -> None:
    assert label(text) == ()


def test_a_passing_remark_in_a_long_text_is_not_enough() -> None:
    filler = "这一节讲怎样整理数据和画图。" * 5
    text = f"{filler}\n\n{filler}\n\n这里需要掌握一些数学。\n\n{filler}\n\n{filler}"
    assert label(text) == ()


def test_a_text_that_contradicts_itself_stays_unlabelled() -> None:
    assert Topic.MATH_DEPTH not in sides("数学必须学扎实。数学完全不需要学。")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("两个月", [52 / 6]),
        ("3-6个月", [19.5]),
        ("三四周", [3.5]),
        ("一年半", [78]),
        ("半个月", [52 / 24]),
        ("10天", [10 / 7]),
        ("three to six months", [19.5]),
        ("a 6-week course", [6]),
        ("三年前", []),
        ("第三周", []),
        ("5年经验", []),
        ("每周两次", []),
        ("two years ago", []),
        ("ten hours a week", []),
        ("5 years of experience", []),
    ],
)
def test_lengths_of_time_are_told_from_dates_ordinals_and_rates(
    text: str, weeks: list[float]
) -> None:
    assert durations(text) == pytest.approx(weeks)
