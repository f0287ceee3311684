"""The fields of a learner's profile: what they are called, and what can be typed for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from api.cli_options import positive_number
from corpus.types import Bilingual, Direction, Goal
from tutor.learner import Level
from tutor.learner_words import direction_name, level_name
from tutor.phrases import goal_name
from tutor.understanding import understand

Named = TypeVar("Named", bound=StrEnum)
Value = Goal | Direction | Level | float

_MOST_WEEKS: Final = 520
_MOST_HOURS: Final = 168
_LEVEL_WORDS: Final = {
    Level.NONE: ("无", "没有", "没学过", "零基础", "不会", "no"),
    Level.BASIC: ("一点", "会一点", "学过一点", "基础", "some"),
    Level.SOLID: ("扎实", "好", "不错", "基础不错", "熟练", "good"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the profile: `attribute` of Learner or Background; `names` are what is typed."""

    attribute: str
    label: Bilingual
    names: tuple[str, ...]
    example: Bilingual
    parse: Callable[[str], Value | None]
    show: Callable[[Any], Bilingual]

    @property
    def name(self) -> str:
        """What is typed for it, in the shortest form."""
        return self.names[0]


def _goal(text: str) -> Goal | None:
    named = {goal: (goal_name(goal).zh, goal_name(goal).en) for goal in Goal}
    return _named(text, named) or understand(text).learner.goal


def _direction(text: str) -> Direction | None:
    named = {each: (direction_name(each).zh, direction_name(each).en) for each in Direction}
    return _named(text, named) or understand(text).learner.direction


def _level(text: str) -> Level | None:
    named = {level: (level_name(level).zh, level_name(level).en) for level in Level}
    return _named(text, {level: (*named[level], *_LEVEL_WORDS[level]) for level in Level})


def _named(text: str, names: Mapping[Named, tuple[str, ...]]) -> Named | None:
    folded = text.casefold()
    return next((id for id in names if folded in (id.value, *map(str.casefold, names[id]))), None)


def _number(option: str, most: float) -> Callable[[str], float | None]:
    return lambda text: positive_number(option, text, most)


def _examples(*words: str) -> Bilingual:
    return Bilingual(zh="、".join(words), en=", ".join(words))


def _subject(attribute: str, zh: str, en: str, *names: str) -> Field:
    return Field(
        attribute,
        Bilingual(zh=zh, en=en),
        (*names, attribute, zh),
        _examples(*(level.value for level in Level)),
        _level,
        level_name,
    )


GOAL: Final = Field(
    "goal",
    Bilingual(zh="目标", en="Goal"),
    ("goal", "目标"),
    _examples(*(goal.value for goal in Goal)),
    _goal,
    goal_name,
)
FIELDS: Final = (
    GOAL,
    Field(
        "direction",
        Bilingual(zh="方向", en="Field"),
        ("direction", "field", "方向"),
        _examples(*(direction.value for direction in Direction)),
        _direction,
        direction_name,
    ),
    Field(
        "weeks",
        Bilingual(zh="时间", en="Time"),
        ("weeks", "week", "周", "周数", "时间"),
        _examples("8"),
        _number("/profile weeks", _MOST_WEEKS),
        lambda weeks: Bilingual(zh=f"{weeks:g} 周", en=f"{weeks:g} weeks"),
    ),
    Field(
        "hours_per_week",
        Bilingual(zh="每周", en="Each week"),
        ("hours", "hour", "小时", "每周", "每周小时"),
        _examples("10"),
        _number("/profile hours", _MOST_HOURS),
        lambda hours: Bilingual(zh=f"{hours:g} 小时", en=f"{hours:g} hours"),
    ),
    _subject("mathematics", "数学", "Mathematics", "math", "maths"),
    _subject("programming", "编程", "Programming", "programming", "coding"),
    _subject("machine_learning", "机器学习", "Machine learning", "ml", "machine-learning"),
)
