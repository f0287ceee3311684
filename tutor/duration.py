"""The time a learner has, read from Chinese or English words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL, HAN, ORDINAL, RANGE, folded, numeral

_WEEKS = {"day": 1 / 7, "week": 1.0, "wk": 1.0, "month": 52 / 12, "mo": 52 / 12}
_WEEKS |= {"year": 52.0, "yr": 52.0, "term": 16.0, "semester": 16.0}
_LEAST = 0.15  # one day is part of a title more often than a plan
_LONGEST = 2 * 52.0  # a longer time tells of a past, not of a plan
_CHINESE_UNIT = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "学期": "term",
    "礼拜": "week",
    "月": "month",
    "年": "year",
}
_CHINESE = re.compile(
    # "大三两个月" holds two months; "大三年级" holds no length of time, nor does "三月".
    rf"(?:(?<![大研高初周\d.{HAN}])|(?<=[大研高初周][一二三四五六]))"
    rf"(?P<number>\d{{1,3}}(?:\.\d)?|{CHINESE_NUMERAL})"
    rf"(?:{RANGE}(?:\d{{1,3}}|{CHINESE_NUMERAL}))?"
    r" ?个?(?P<half>半)? ?(?P<unit>天|周|星期|礼拜|学期|(?<=[个半俩仨两])月|年)"
    r"(?:(?P<more>半)(?!个|小时|天|年))?+"
    r"(?!级|前(?!要|得|必须|交)|[之以]?后(?!.{0,3}(?:答辩|交|考|面试|毕业|开题|截止|要|得|就|结题|提交))"
    r"|经验|工作经|来|代|的? ?(?:[a-z+#]{1,12} ?)?(?:工作|开发|编程|项目)?的?经验|薪|入|\d"
    r"|[一二三四五六日天](?!共)(?![\u4e00-\u9fff]{0,20}[天周月年]))"
)
_ENGLISH = re.compile(
    rf"(?<![a-z0-9.])(?P<number>\d{{1,3}}(?:\.\d)?|{ENGLISH_NUMERAL})"
    rf"(?:{RANGE}(?:\d{{1,3}}|{ENGLISH_NUMERAL}))?[ -]+"
    r"(?:whole |full |solid |more )?(?P<unit>day|week|wk|month|mo|year|yr|term|semester)s?(?![a-z])"
    r"(?! (?:ago|of (?!stud|time|prep|free|full|part|learn)|experience|old|later|in industry|as "
    r"|into ))"
)
_ORDINAL = re.compile(ORDINAL)
_EXPERIENCE_BEFORE = re.compile(
    # "找工作，三个月" and "毕业设计三个月" tell of what is to come.
    r"(?:(?<!找)工作|找了|从业|毕业(?!设计|论文|项目|课题|专题)|[干做学写]了|worked|working|past|last|\+)"
    r"[^\s,.;:。、!?]{0,3} ?$"
)
_HOW_OFTEN = re.compile(  # "hours a week" holds no week
    r"(?<=hours|.hour|.days|times|.once|twice|.much|often|.long|nutes) (?:an?|per|each|every)"
    r" (?:day|week|month|year|term|semester)(?![a-z])"
    r"|(?:小时|钟头|次|天|少|几个?) ?[一每](?:天|周|星期|礼拜|个?月)"
    r"|(?:周末|双休日?)[有的这]?[两二2] ?天"
)
_BEFORE = 16  # characters, enough for the longest word of `_EXPERIENCE_BEFORE`
_RATE = re.compile(
    r"(?:(?:每个?|一|per|each|every|an?) ?(?P<unit>天|日|周(?!末)|星期|礼拜|day|week)"
    r"|每?个?周末|双休日?)"
    r"(?:一共|总共|合计|大概|大约|大致|平均|差不多|勉强|[顶最至]多|也|就|还|能|可以|有|只|抽(?:得?出来?)?|拿得?出|投入|空出|"
    r"挤(?:得?出来?)?|花|学习?|下班|放学|业余|空闲|晚上|早上|之?后|时间|about|around|for|maybe|only|"
    r"at most|roughly|i have|i can spare|个| )*+"
    rf"(?P<number>\d{{1,2}}(?:\.\d)?|{CHINESE_NUMERAL})"
    rf"(?:{RANGE}(?:\d{{1,2}}(?:\.\d)?|{CHINESE_NUMERAL}))?"
    r" ?个?(?P<half>半)? ?(?:小时|钟头|h(?:ours?|rs?)?(?![a-z]))"
)
_RATE_REVERSED = re.compile(
    rf"(?<![a-z\d.{HAN}])(?P<number>\d{{1,2}}(?:\.\d)?|{ENGLISH_NUMERAL}|{CHINESE_NUMERAL})"
    rf"(?:{RANGE}(?:\d{{1,2}}(?:\.\d)?|{ENGLISH_NUMERAL}|{CHINESE_NUMERAL}))?"
    r" ?个?(?P<half>半)?(?:小时|[ -]?(?:hours?|hrs?|h)) ?(?:(?:in )?total )?"
    r"(?:(?:/ ?|an? |per |each |every |每|一)"
    r"(?P<unit>天|日|周|星期|day|d(?![a-z])|week|wk|w(?![a-z]))|daily|(?P<weekly>weekly))"
)
_HOUR_NUMBER = rf"(?P<number>\d{{1,3}}(?:\.\d)?|{ENGLISH_NUMERAL}|{CHINESE_NUMERAL})"
_HOUR_RANGE = rf"(?:{RANGE}(?:\d{{1,3}}|{ENGLISH_NUMERAL}|{CHINESE_NUMERAL}))?"
_HOURS = r" ?个?(?P<half>半)? ?(?:小时|钟头|-?(?:hours?|hrs?|h)(?![a-z]))"
_OF_A_COURSE = r"(?:课|课程|视频|讲座|教程|course|lectures?|videos?|class|book|specialization)"
_TOTAL = re.compile(
    r"(?:一共|总共|共计|总计|合计|加起来|拢共|统共|总时间|(?<![公a-z])共|in total"
    r"|total of|altogether)"
    r"(?:大概|大约|差不多|[顶最至]多|不到|也|就|还|能|可以|有|只|学|抽出?|拿得?出|投入|花|是|about|around"
    r"|only|i have|[,: ])*+"
    rf"{_HOUR_NUMBER}{_HOUR_RANGE}{_HOURS}(?! ?(?:的|of )(?:课|视频|lectures?|videos?|content))"
)
_TOTAL_REVERSED = re.compile(
    rf"(?<![a-z\d.{HAN}]){_HOUR_NUMBER}{_HOUR_RANGE}{_HOURS}"
    r"(?: of (?:study|work|time|learning)| of free time| to (?:study|spend|spare))?"
    r"(?: (?:in (?:total|all)|total|altogether|all told|all in all|overall)(?![a-z])"
    r"| (?:spread |split |spent )?(?:over|across|within) (?=(?:the next |the coming )?[a-z\d]+ "
    r"(?:weeks?|months?|days?))|(?:左右)? ?(?:总共|一共|加起来))"
)
_ABOUT_A_COURSE = re.compile(rf"{_OF_A_COURSE}[^,.;。!?]{{0,12}}$")


@dataclass(frozen=True, slots=True)
class TimeAvailable:
    """`weeks` in all and `hours_per_week`; None where nothing was said."""

    weeks: float | None
    hours_per_week: float | None


def time_available(question: str) -> TimeAvailable:
    """Read the time from `question`; a range such as "3-6 months" counts as its lower end.

    So does an approximate number such as 两三个月. A month counts as 52/12 weeks, and whole weeks
    are counted: two months are 8 weeks. Hours "in total" are spread over the weeks, to a tenth.
    """
    text = folded(question)
    weeks, hours = _length(text), _hours(text)
    total = _total_hours(text) if hours is None and weeks else None
    if weeks and total:
        hours = round(total / weeks, 1)
    return TimeAvailable(weeks, hours)


def _length(text: str) -> float | None:
    rest = _RATE_REVERSED.sub(" ", _RATE.sub(" ", text))
    rest = _ORDINAL.sub("第", _HOW_OFTEN.sub(" ", rest))
    for pattern in (_CHINESE, _ENGLISH):
        for match in pattern.finditer(rest):
            weeks = _weeks(match)
            plausible = weeks is not None and _LEAST < weeks <= _LONGEST
            before = rest[max(0, match.start() - _BEFORE) : match.start()]
            if plausible and not _EXPERIENCE_BEFORE.search(before):
                return weeks
    return None


def _count(match: re.Match[str]) -> float | None:
    """The lower end of the number in `match`, with its half; None if it is no number."""
    said = match.groupdict()
    half = 0.5 if said.get("half") or said.get("more") else 0.0
    return min((value + half for value in numeral(match["number"])), default=None)


def _weeks(match: re.Match[str]) -> float | None:
    count = _count(match)
    if count is None:
        return None
    weeks = count * _WEEKS[_CHINESE_UNIT.get(match["unit"], match["unit"])]
    return float(math.floor(weeks)) if weeks >= 1 else round(weeks, 1)


def _hours(text: str) -> float | None:
    match = _RATE.search(text) or _RATE_REVERSED.search(text)
    count = _count(match) if match else None
    if match is None or count is None:
        return None
    weekly = match.groupdict().get("weekly")
    daily = match.re is _RATE_REVERSED and not weekly
    unit = match["unit"] or ("day" if daily else "week")
    return count * (7 if _CHINESE_UNIT.get(unit, unit) in ("day", "d") else 1)


def _total_hours(text: str) -> float | None:
    """The hours that the learner has in all; those that a course takes are not theirs."""
    for pattern in (_TOTAL, _TOTAL_REVERSED):
        for match in pattern.finditer(text):
            if not _ABOUT_A_COURSE.search(
                text[max(0, match.start() - 2 * _BEFORE) : match.start()]
            ):
                return _count(match)
    return None
