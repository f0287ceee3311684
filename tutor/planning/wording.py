"""Names and lists as they stand in the sentences of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.skills import Skill
from corpus.types import Bilingual, Course, Goal, Language, Perspective
from tutor.phrases import author_name, goal_name, platform_name

_ANY_GOAL = Bilingual("入门", "getting started")
_CURIOSITY = Bilingual("了解这个领域", "getting to know the field")
_BETWEEN_SCRIPTS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])"
)


def sentence(zh: str, en: str) -> Bilingual:
    """A sentence put together from parts, with spaces between Chinese and Latin script and a
    capital at the beginning."""
    return Bilingual(_BETWEEN_SCRIPTS.sub(" ", zh), en[:1].upper() + en[1:])


def title_of(course: Course) -> Bilingual:
    """The title of a course as part of a sentence: 《…》 in Chinese, plain in English."""
    zh = course.title.zh
    return Bilingual(zh if zh.startswith("《") else f"《{zh}》", course.title.en)


def goal_of(goal: Goal | None) -> Bilingual:
    """What the plan is for, as part of a sentence; without a goal it is a way in."""
    if goal is Goal.CURIOSITY:
        return _CURIOSITY
    return goal_name(goal) if goal else _ANY_GOAL


def person_of(person: Perspective) -> Bilingual:
    """A person with the platform: 王大鹏（知乎）, Wang Dapeng (Zhihu); the first of several."""
    platform = platform_name(person.platform)
    zh, en = (author_name(person.author, language) for language in Language)
    first, *others = re.split(r", |、", person.author)
    if len(others) > 1:
        zh, en = f"{first}等", f"{first} and others"
    return Bilingual(f"{zh}（{platform.zh}）", f"{en} ({platform.en})")


def skills_of(
    names: Iterable[str], skills: Mapping[str, Skill], most: int | None = None
) -> Bilingual:
    """The names of skills as a list, the first `most` of them."""
    all_names = [skills[name].name for name in names]
    shown = joined(all_names[:most])
    if len(all_names) == len(all_names[:most]):
        return shown
    return Bilingual(f"{shown.zh}等", f"{shown.en} and more")


def joined(parts: Sequence[Bilingual]) -> Bilingual:
    """A list in a sentence: 甲、乙和丙 / a, b and c."""
    return Bilingual(
        _joined([part.zh for part in parts], "、", "和"),
        _joined([part.en for part in parts], ", ", " and "),
    )


def in_hours(hours: float) -> str:
    """A number of hours, exact to a half."""
    return f"{round(hours * 2) / 2:g}"


def _joined(parts: Sequence[str], comma: str, last: str) -> str:
    return last.join([comma.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
