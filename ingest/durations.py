"""How long a text says that learning takes."""

from __future__ import annotations

import re

_DIGITS = {"半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_DIGITS |= {"八": 8, "九": 9, "十": 10}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_WORD_VALUES = {"a": 1, "an": 1} | {word: value for value, word in enumerate(_WORDS, start=1)}
_WEEKS = {"天": 1 / 7, "日": 1 / 7, "day": 1 / 7, "周": 1, "星期": 1, "礼拜": 1, "week": 1}
_WEEKS |= {"月": 52 / 12, "month": 52 / 12, "年": 52, "year": 52}
_CHINESE = re.compile(
    r"(?<![第每前近上这那隔\d])(?P<low>\d+(?:\.\d+)?|[半一两二三四五六七八九十])"
    r"(?:\s*(?:[-–~～到至、]|或者?)?\s*(?P<high>\d+(?:\.\d+)?|[一两二三四五六七八九十]))?"
    r"\s*(?:多|来)?\s*(?:个)?\s*(?P<unit>天|周|星期|礼拜|(?<=个)月|年)(?P<half>半)?"
    r"(?!前|以前|之前|级|代|工作|经验|里?就业|过去|[一二]班)"
)
_NUMBER = rf"\d+(?:\.\d+)?|{'|'.join(sorted(_WORD_VALUES, key=len, reverse=True))}"
_ENGLISH = re.compile(
    rf"(?<![\w.-])(?P<low>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?[\s-]+"
    r"(?P<unit>day|week|month|year)s?(?![a-z])"
    r"(?!\s+(?:ago|of experience|experience|old|later|each))",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?:每|per|every|hours?|times)\s*$", re.IGNORECASE)


def durations(sentence: str) -> list[float]:
    """The lengths of time that `sentence` names, in weeks; the middle of a range.

    Dates ("三年前", "two years ago"), ordinals ("第三周") and rates ("两小时一天") are none.
    """
    return [
        _weeks(match)
        for form in (_CHINESE, _ENGLISH)
        for match in form.finditer(sentence)
        if not _RATE.search(sentence[: match.start()])
    ]


def _weeks(match: re.Match[str]) -> float:
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    half = 0.5 if match.groupdict().get("half") else 0
    return ((low + high) / 2 + half) * _WEEKS[match["unit"].lower()]


def _value(number: str) -> float:
    number = number.lower()
    return _DIGITS.get(number) or _WORD_VALUES.get(number) or float(number)
