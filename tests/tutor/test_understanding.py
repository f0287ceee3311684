"""What the rules read from a question: goal, time, field, background, topics, language."""

import pytest

from corpus.types import Direction, Goal, Language, Topic
from tutor.learner import Known, Level
from tutor.understanding import Wishes, understand


@pytest.mark.parametrize(
    ("question", "goal"),
    [
        ("学深度学习要先学机器学习吗？我只是做毕设", Goal.GRADUATION_PROJECT),
        ("毕业论文要用 CNN，先学什么", Goal.GRADUATION_PROJECT),
        ("I need it for my final-year project", Goal.GRADUATION_PROJECT),
        ("想转行做算法工程师", Goal.JOB),
        ("How do I land a machine learning job?", Goal.JOB),
        ("准备读博，要补数学吗", Goal.RESEARCH),
        ("I am starting a PhD in vision", Goal.RESEARCH),
        ("想当提示词工程师", Goal.LLM_APPLICATION),
        ("I want to build LLM apps", Goal.LLM_APPLICATION),
        ("想微调大模型", Goal.LLM_ENGINEERING),
        ("Do I need ML before fine-tuning LLMs?", Goal.LLM_ENGINEERING),
        ("想把深度学习用在我们专业的数据上", Goal.APPLICATION),
        ("纯粹是兴趣", Goal.CURIOSITY),
        ("just for fun", Goal.CURIOSITY),
        ("要先学机器学习吗", None),
        ("Do I need ML before DL?", None),
    ],
)
def test_goal(question: str, goal: Goal | None) -> None:
    assert understand(question).learner.goal is goal


@pytest.mark.parametrize(
    ("question", "goal"),
    [
        ("我不是为了找工作，就是做毕设", Goal.GRADUATION_PROJECT),
        ("不打算读博，只想找工作", Goal.JOB),
        ("I'm not looking for a job, it is only a hobby", Goal.CURIOSITY),
        ("not for research, for my thesis project", Goal.GRADUATION_PROJECT),
    ],
)
def test_a_goal_that_is_turned_down_does_not_count(question: str, goal: Goal) -> None:
    assert understand(question).learner.goal is goal


def test_an_explicit_goal_wins_over_the_words() -> None:
    learner = understand("我只是做毕设", Wishes(goal=Goal.JOB)).learner
    assert (learner.goal, learner.goal_known) == (Goal.JOB, Known.STATED)


def test_the_goal_is_never_guessed_silently() -> None:
    learner = understand("学深度学习要先学机器学习吗？我只是做毕设").learner
    assert (learner.goal_known, learner.goal_words) == (Known.READ, "毕设")


def test_a_whole_profile_in_one_sentence() -> None:
    question = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
    learner = understand(question).learner
    assert learner.goal is Goal.GRADUATION_PROJECT
    assert learner.direction is Direction.LANGUAGE
    assert (learner.weeks, learner.hours_per_week) == (8, 10)
    assert learner.background.mathematics is Level.SOLID
    assert learner.background.machine_learning is Level.NONE


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("学深度学习要先学机器学习吗", {Topic.ML_BEFORE_DL}),
        ("Can I skip ML and go straight to deep learning?", {Topic.ML_BEFORE_DL}),
        ("数学不好能学深度学习吗", {Topic.MATH_DEPTH}),
        ("PyTorch 还是 TensorFlow", {Topic.FRAMEWORK}),
        ("不会编程可以学吗", {Topic.PROGRAMMING_FIRST}),
        ("求一份学习路线", {Topic.STUDY_ORDER}),
        ("How long does it take?", {Topic.TIME_PLAN}),
        ("学钢琴要先学乐理吗", set()),
    ],
)
def test_topics(question: str, topics: set[Topic]) -> None:
    assert set(understand(question).topics) == topics


def test_what_the_learner_tells_of_themselves_is_not_what_they_ask() -> None:
    assert Topic.MATH_DEPTH not in understand("数学学过，两个月怎么安排？").topics


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("do I need ML before DL?", Language.ENGLISH),
        ("先学 ML 还是 DL", Language.CHINESE),
        ("Is 李沐's book enough?", Language.ENGLISH),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(question: str, language: Language) -> None:
    assert understand(question).language is language
