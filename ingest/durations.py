"""How long a text says that learning takes."""

from __future__ import annotations

import re

from corpus.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL, HAN, ORDINAL, RANGE, folded, numeral

_WEEKS = {"天": 1 / 7, "day": 1 / 7, "周": 1, "星期": 1, "礼拜": 1, "week": 1}
_WEEKS |= {"月": 52 / 12, "month": 52 / 12, "年": 52, "year": 52}
_LONGEST = 20 * 52  # weeks; a longer one is a calendar year or an age
_DIGITS = r"\d{1,4}(?:\.\d{1,2})?"
_CHINESE = re.compile(
    rf"(?:(?<![每前近上这那隔\d.{HAN}])|(?<=实际上)|(?<=基本上))"
    rf"(?P<low>{_DIGITS}|{CHINESE_NUMERAL})"
    rf"(?:{RANGE}(?P<high>{_DIGITS}|{CHINESE_NUMERAL}))?"
    r" ?[多来]? ?(?:个(?P<half>半)?)? ?"
    r"(?P<unit>天|周|星期|礼拜|(?<=[个半俩仨两])月|年)(?P<more>半)?+"
    r"(?!前|以前|之前|级|代|工作|经验|里?就业|过去|[一二]班)"
)
_ENGLISH = re.compile(
    rf"(?<![\w.-])(?P<low>{_DIGITS}|{ENGLISH_NUMERAL})"
    rf"(?:{RANGE}(?P<high>{_DIGITS}|{ENGLISH_NUMERAL}))?[ -]+"
    r"(?P<unit>day|week|month|year)s?(?![a-z])"
    r"(?![ -](?:ago|of experience|experience|old|later|each))"
)
_ORDINAL = re.compile(ORDINAL)
_RATE = re.compile(r"(?:每|per|every|hours?|times) ?$")
_BEFORE = 8  # characters, enough for the longest word of `_RATE`


def durations(sentence: str) -> list[float]:
    """The lengths of time that `sentence` names, in weeks; the middle of a range.

    Dates ("三年前", "two years ago"), ordinals ("第三周") and rates ("两小时一天") are none.
    """
    text = _ORDINAL.sub("第", folded(sentence))
    return [
        weeks
        for form in (_CHINESE, _ENGLISH)
        for match in form.finditer(text)
        if not _RATE.search(text[max(0, match.start() - _BEFORE) : match.start()])
        for weeks in _weeks(match)
        if weeks <= _LONGEST
    ]


def _weeks(match: re.Match[str]) -> tuple[float, ...]:
    """The one length that `match` names, or none where its words are no number."""
    ends = (*numeral(match["low"]), *numeral(match["high"] or ""))
    if not ends:
        return ()
    said = match.groupdict()
    half = 0.5 if said.get("half") or said.get("more") else 0
    return (((min(ends) + max(ends)) / 2 + half) * _WEEKS[match["unit"]],)
