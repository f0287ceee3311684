"""The learner in words, for a language model to read and for the learner to correct."""

from __future__ import annotations

from corpus.types import Bilingual, Direction, Language
from tutor.learner import Background, Learner, Level
from tutor.phrases import goal_name

_LEVELS = {
    Level.NONE: Bilingual(zh="没学过", en="none"),
    Level.BASIC: Bilingual(zh="学过一点", en="some"),
    Level.SOLID: Bilingual(zh="基础不错", en="solid"),
}
_DIRECTIONS = {
    Direction.VISION: Bilingual(zh="计算机视觉", en="computer vision"),
    Direction.LANGUAGE: Bilingual(zh="自然语言处理", en="natural language processing"),
    Direction.GENERAL: Bilingual(zh="不限方向", en="any field"),
}
_GOAL = Bilingual(zh="目标", en="Goal")
_DIRECTION = Bilingual(zh="方向", en="Field")
_TIME = Bilingual(zh="时间", en="Time")
_WEEKS = Bilingual(zh="{n} 周", en="{n} weeks")
_HOURS = Bilingual(zh="每周 {n} 小时", en="{n} hours a week")
_SUBJECTS = {
    "mathematics": Bilingual(zh="数学", en="Mathematics"),
    "programming": Bilingual(zh="编程", en="Programming"),
    "machine_learning": Bilingual(zh="机器学习", en="Machine learning"),
}
_NOTHING = Bilingual(zh="没有说过目标、时间和基础", en="named no goal, time or background")


def described(learner: Learner) -> str:
    """One line for each thing that is known of `learner`, in the language to answer in."""
    language = learner.language
    colon = "：" if language is Language.CHINESE else ": "
    lines = [f"{name}{colon}{value}" for name, value in _known(learner, language)]
    return "\n".join(lines) or _NOTHING.text(language)


def direction_name(direction: Direction) -> Bilingual:
    """What a direction is called."""
    return _DIRECTIONS[direction]


def level_name(level: Level) -> Bilingual:
    """What a level of background is called."""
    return _LEVELS[level]


def _known(learner: Learner, language: Language) -> list[tuple[str, str]]:
    known = []
    if learner.goal:
        known.append((_GOAL.text(language), goal_name(learner.goal).text(language)))
    if learner.direction:
        known.append((_DIRECTION.text(language), _DIRECTIONS[learner.direction].text(language)))
    if time := _time(learner, language):
        known.append((_TIME.text(language), time))
    return [*known, *_background(learner.background, language)]


def _time(learner: Learner, language: Language) -> str:
    amounts = [(_WEEKS, learner.weeks), (_HOURS, learner.hours_per_week)]
    told = [form.text(language).format(n=f"{n:g}") for form, n in amounts if n is not None]
    return ("，" if language is Language.CHINESE else ", ").join(told)


def _background(background: Background, language: Language) -> list[tuple[str, str]]:
    return [
        (name.text(language), _LEVELS[level].text(language))
        for subject, name in _SUBJECTS.items()
        if (level := getattr(background, subject)) is not None
    ]
