"""The time a learner has, read from Chinese or English words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    "两": 2,
    "半": 0.5,
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "half a": 0.5,
}
_WEEKS = {"day": 1 / 7, "week": 1.0, "wk": 1.0, "month": 52 / 12, "mo": 52 / 12}
_WEEKS |= {"year": 52.0, "yr": 52.0}
_LEAST = 0.15  # one day is part of a title more often than a plan
_LONGEST = 2 * 52.0  # a longer time tells of a past, not of a plan
_CHINESE_UNIT = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "年": "year",
}
_CHINESE = re.compile(
    r"(?<![第大研高初周\d.])(?P<number>\d{1,3}(?:\.\d)?|[一两二三四五六七八九十]{1,3}|半)"
    r"(?:(?:到|至|-|~|—|、)(?P<upper>\d{1,3}|[一两二三四五六七八九十]{1,2}))?"
    r"\s*个?(?P<half>半)?\s*(?P<unit>天|周|星期|礼拜|月|年)"
    r"(?!级|前|后|经验|工作经|来|代|的?(?:工作|开发|编程)?经验|薪|入|\d|[一二三四五六日天](?![\u4e00-\u9fff]*[天周月年]))"
)
_ENGLISH = re.compile(
    r"(?<![a-z0-9.])(?P<number>half an?|\d{1,3}(?:\.\d)?|an?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|twelve)(?:\s*(?:-|to|or)\s*(?P<upper>\d{1,3}|two|three|four|five|six))?[\s-]+"
    r"(?:whole\s+|full\s+|solid\s+|more\s+)?(?P<unit>day|week|wk|month|mo|year|yr)s?(?![a-z])"
    r"(?!\s+(?:ago|of\s+(?!stud|time|prep|free|full|part|learn)|experience|old|later|in\s+industry|as\s|into\s))"
)
_EXPERIENCE_BEFORE = re.compile(
    r"(?:工作|从业|毕业|[干做学写]了|worked|working|past|last|\+)\S{0,3}\s*$"
)
_RATE = re.compile(
    r"(?:每|一|per|each|every|an?)\s*(?P<unit>天|日|周|星期|礼拜|day|week)\s*(?:大概|大约|能|可以|有|只有|只|能有|抽出?|拿出|投入|空出|挤出?|花|学|about|around|for)*\s*"
    r"(?P<number>\d{1,2}(?:\.\d)?|[一两二三四五六七八九十]{1,2}|半)\s*(?:个)?(?P<half>半)?\s*(?:小时|钟头|h(?:ours?|rs?)?(?![a-z]))"
)
_RATE_REVERSED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|[一两二三四五六七八九十]{1,2})\s*"
    r"(?:个)?(?:小时|hours?|hrs?|h)\s*(?:/|an?\s|per\s|each\s|every\s|每|一)\s*"
    r"(?P<unit>天|日|周|星期|day|d(?![a-z])|week|wk|w(?![a-z]))"
    r"|(?P<daily>\d{1,2}|one|two|three|four)\s*(?:hours?|hrs?|h)\s+daily"
)


@dataclass(frozen=True, slots=True)
class TimeAvailable:
    """`weeks` in all and `hours_per_week`; None where nothing was said."""

    weeks: float | None
    hours_per_week: float | None


def _number(word: str) -> float:
    if word.replace(".", "", 1).isdigit():
        return float(word)
    word = re.sub(r"\s+", " ", word)
    if word in _DIGITS:
        return float(_DIGITS[word])
    if word.startswith("half"):
        return 0.5
    if "十" in word:
        tens, _, units = word.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)
    return float(_DIGITS[word[-1]])


def _weeks(match: re.Match[str]) -> float:
    count = _number(match["number"])
    if "half" in match.re.groupindex and match["half"]:
        count += 0.5
    unit = _CHINESE_UNIT.get(match["unit"], match["unit"])
    weeks = count * _WEEKS[unit]
    return float(math.floor(weeks)) if weeks >= 1 else round(weeks, 1)


def _hours(question: str) -> float | None:
    match = _RATE.search(question)
    if match:
        hours = _number(match["number"]) + (0.5 if match["half"] else 0)
        return hours * (7 if _CHINESE_UNIT.get(match["unit"], match["unit"]) == "day" else 1)
    match = _RATE_REVERSED.search(question)
    if match is None:
        return None
    if match["daily"]:
        return _number(match["daily"]) * 7
    daily = _CHINESE_UNIT.get(match["unit"], match["unit"]) in ("day", "d")
    return _number(match["number"]) * (7 if daily else 1)


def time_available(question: str) -> TimeAvailable:
    """Read the time from `question`; a range such as "3-6 months" counts as its lower end.

    A month counts as 52/12 weeks, and whole weeks are counted: two months are 8 weeks.
    """
    text = question.casefold()
    hours = _hours(text)
    rest = _RATE_REVERSED.sub(" ", _RATE.sub(" ", text))
    for pattern in (_CHINESE, _ENGLISH):
        for match in pattern.finditer(rest):
            weeks = _weeks(match)
            plausible = _LEAST < weeks <= _LONGEST
            if plausible and not _EXPERIENCE_BEFORE.search(rest[: match.start()]):
                return TimeAvailable(weeks, hours)
    return TimeAvailable(None, hours)
