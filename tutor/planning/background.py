"""What a learner brings along, and what is assumed where they did not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.skills import Skill
from corpus.types import Bilingual
from tutor.learner import Learner, Level

HOURS_A_WEEK = 10.0
_MATHEMATICS = {
    Level.NONE: (),
    Level.BASIC: ("linear-algebra", "calculus", "probability"),
    Level.SOLID: ("statistics",),
}
_PROGRAMMING = {Level.NONE: (), Level.BASIC: ("python",), Level.SOLID: ("numpy",)}
_MACHINE_LEARNING = {
    Level.NONE: (),
    Level.BASIC: (
        *("linear-regression", "logistic-regression", "model-evaluation", "regularization"),
        "gradient-descent",
    ),
    Level.SOLID: (
        *("decision-trees", "support-vector-machines", "clustering"),
        *("dimensionality-reduction", "scikit-learn"),
    ),
}
_ALWAYS = "high-school-math"


def skills_brought(learner: Learner, skills: Mapping[str, Skill]) -> frozenset[str]:
    """The plain skills that the learner has, with what is assumed where nothing was said."""
    background = learner.background
    brought = {
        _ALWAYS,
        *_up_to(_MATHEMATICS, background.mathematics or Level.BASIC),
        *_up_to(_PROGRAMMING, background.programming or Level.BASIC),
        *_up_to(_MACHINE_LEARNING, background.machine_learning or Level.NONE),
    }
    return frozenset(brought & skills.keys())


def assumptions(learner: Learner) -> Iterator[Bilingual]:
    """What was taken for granted, each with what to say if it is wrong."""
    background = learner.background
    if learner.goal is None:
        yield Bilingual(
            "你没说目标，所以按一般的入门来排；说一声（如“做毕设”“找工作”），计划会不一样。",
            "You named no goal, so this is a general way in; say one, such as a graduation "
            "project or a job, and the plan will differ.",
        )
    if learner.weeks is None:
        yield Bilingual(
            "你没说有多久，所以排到该学的都学完为止；说一声（如“两个月”），计划会按时间取舍。",
            "You named no length of time, so the plan goes on until everything is covered; say "
            "how long you have, such as two months, and it will choose.",
        )
    if learner.hours_per_week is None:
        yield Bilingual(
            f"你没说每周多少时间，按每周 {HOURS_A_WEEK:g} 小时算；不对就说“每周 5 小时”。",
            f"You named no hours a week, so {HOURS_A_WEEK:g} are assumed; if that is wrong, say "
            '"5 hours a week".',
        )
    if background.mathematics is None:
        yield Bilingual(
            "假设你有大学数学的底子（线性代数、微积分、概率）；没有就说“数学没学过”。",
            "It is assumed that you know some university mathematics (linear algebra, calculus, "
            'probability); if not, say "I know no maths".',
        )
    if background.programming is None:
        yield Bilingual(
            "假设你会写一点 Python；不会就说“没学过编程”。",
            "It is assumed that you can program a little in Python; if not, say "
            '"I cannot program".',
        )
    if background.machine_learning is None:
        yield Bilingual(
            "假设你没学过机器学习；学过就说“学过机器学习”。",
            "It is assumed that machine learning is new to you; if not, say "
            '"I know machine learning".',
        )


def _up_to(taught: Mapping[Level, tuple[str, ...]], level: Level) -> Iterator[str]:
    for each in Level:
        yield from taught[each]
        if each is level:
            return
