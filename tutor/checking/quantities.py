"""Amounts with what they count, so that 两个月, "eight weeks" and "two months" are the same.

A number that a sentence states must be one that its source states of the same kind of thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from corpus.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL, HAN, ORDINAL, RANGE, folded, numeral

WEEKS = "weeks"
PERCENT = "percent"
# Two months are eight weeks to one person and nine to another, two thirds 66 % or 67 %.
SAME = {WEEKS: 0.13, PERCENT: 0.03}
SAME_NUMBER = 0.005
_ROUNDED = 0.1
_ROUGHLY = re.compile(
    r"大约|大概|将近|差不多|左右|接近|近|约|上下|来|不到|不足|以上|多|超过"
    r"|(?<![a-z])(?:about|around|some|nearly|almost|roughly|close to|approximately|over|under|more "
    r"than|less than|or so|at least|up to)(?![a-z])"
)
_RECKONED = re.compile(
    r"合计|总共|一共|共计|加起来|加在一起|算下来|平均|摊下来|折合|照这|按这|照.{0,8}(?:推|算)"
    r"|走完|相差|隔了|累计"
    r"|(?<![a-z])(?:in all|altogether|comes? to|adds? up|on average|averages?|combined|works? out"
    r"|in total|in the (?:second|third) year)(?![a-z])"
)
# What shares are shares of; two languages say it in different places.
_SHARED = {
    "theory": re.compile(r"理论|theor"),
    "practice": re.compile(r"实践|动手|practi|hands-on"),
    "learning": re.compile(r"机器学习|machine learning"),
    "data": re.compile(r"数据|data"),
    "engineering": re.compile(r"工程|engineering"),
}
_NEAR = 24  # characters

_DURATIONS = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0, "fortnight": 2.0}
_CHINESE_UNITS = {
    **{"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month"},
    **{"年": "year", "小时": "hour", "钟头": "hour", "分钟": "minute", "讲": "lecture"},
    **{"章": "chapter", "节": "section", "页": "page", "门": "course", "本": "book"},
    **{"篇": "paper", "步": "step", "次": "time", "遍": "time", "倍": "fold", "岁": "age"},
    **{"人": "person", "位": "person", "行": "line", "万": "", "亿": ""},
    **{"作业": "assignment", "项目": "project", "模块": "module", "单元": "module"},
    **{"阶段": "stage", "学期": "term", "部分": "part", "课时": "lecture"},
}
_ENGLISH_UNITS = {
    **{"day": "day", "week": "week", "month": "month", "year": "year", "fortnight": "fortnight"},
    **{"hour": "hour", "minute": "minute", "lecture": "lecture", "lesson": "lecture"},
    **{"chapter": "chapter", "section": "section", "page": "page", "course": "course"},
    **{"book": "book", "paper": "paper", "article": "paper", "step": "step", "time": "time"},
    **{"people": "person", "person": "person", "student": "person", "line": "line"},
    **{"assignment": "assignment", "project": "project", "module": "module", "unit": "module"},
    **{"stage": "stage", "phase": "stage", "term": "term", "semester": "term", "part": "part"},
    **{"percent": "percent", "fold": "fold", "hrs": "hour", "wk": "week", "session": "lecture"},
    **{"video": "video", "slide": "slide"},
}
_NOT_COUNTED = frozenset({"", "time", "part", "section", "course", "module", "lecture"})
_ARABIC = r"\d++(?:,\d{3})++(?!\d)|\d++(?:\.\d++)?+"
_NUMBER_ZH = rf"(?P<number>{_ARABIC}|{CHINESE_NUMERAL})"
_SCALE = {"百": 100, "千": 1000, "万": 10000, "亿": 100000000, "k": 1000}
_UNIT_ZH = "|".join(sorted((u for u in _CHINESE_UNITS if u), key=len, reverse=True))
_MEASURE = "[个份名种类套道条段期堂头只台张块元分句字词题轮层级届集课场家所支件样点关]|方面"
_CHINESE = re.compile(
    rf"(?<![a-z\d.{HAN}第])(?:(?P<lower>{_ARABIC}|{CHINESE_NUMERAL})半?{RANGE})?{_NUMBER_ZH}"
    rf"(?P<scale>[百千万亿](?![{HAN}]))? ?(?:[多余来几]|\+)? ?(?P<measure>{_MEASURE})?"
    rf"(?P<half>半|多)? ?(?P<unit>{_UNIT_ZH})?(?P<more>半)?"
)
_ORDINAL = re.compile(ORDINAL)
_HALF_ZH = re.compile(r"半个?(?P<unit>年|月|天|小时)")
_PERCENT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?) ?(?:%|percent|per cent)"
    r"|百分之(?P<han>[一二三四五六七八九十百]+|\d+)"
)
_TENTHS = re.compile(
    r"(?<![一二三四五六七八九十完赞])(?P<number>[一二三四五六七八九])成"
    r"(?![为了功绩本员果年就长熟])"
)
_SHARE = re.compile(
    r"(?P<d>[二三四五六七八九十])分之(?P<n>[一二三四五六七八九])"
    r"|(?<![a-z])(?<!and )(?P<article>an?|one|two|three|four) "
    r"(?P<name>third|quarter|half|fifth|tenth)s?(?![a-z])"
    r"|(?P<half>一半|一大半|各半|(?<!a )(?<![a-z])half(?! an?)(?= )|equally)"
)
_SHARES = {"third": 3, "quarter": 4, "half": 2, "fifth": 5, "tenth": 10}
_ENGLISH = re.compile(
    rf"(?<![a-z\d.])(?:(?P<lower>{_ARABIC}|{ENGLISH_NUMERAL}){RANGE})?"
    rf"(?P<number>{_ARABIC}|{ENGLISH_NUMERAL}|(?:a )?dozen(?: of)?)(?P<scale>k(?![a-z]))?"
    r"(?P<half> and a half)?\+?(?! ?[\u4e00-\u9fff])[ -]*"
    r"(?P<following>(?:[a-z][a-z'-]*[ -]+){0,2}[a-z][a-z'-]*)?"
)
_YEAR = range(1900, 2101)
_LONG_UNITS = frozenset({"week", "month", "year"})
_NOT_COUNTED_WORDS = """
of and to or in the a an each every per for at on with is are was were than as but by
"""
_NEVER_COUNTED = frozenset(_NOT_COUNTED_WORDS.split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` of `unit` ("" where it cannot be told); durations are in weeks.

    `counted` is the word right after, as a plain prefix, to tell two amounts of a kind apart.
    """

    value: float
    unit: str
    counted: str = ""


def quantities(text: str, *, articles: bool = False) -> frozenset[Quantity]:
    """All amounts that `text` states, in digits or words.

    A bare "one" states none, nor does "a year" unless `articles` count.
    """
    plain = folded(text)
    found = {*_percentages(plain), *_halves(plain), *_ordinals(plain)}
    rest = _SHARE.sub(" ", _TENTHS.sub(" ", _PERCENT.sub(" ", _ORDINAL.sub(" ", plain))))
    found.update(q for match in _CHINESE.finditer(rest) for q in _chinese(match, rest))
    found.update(q for match in _ENGLISH.finditer(rest) for q in _english(match, articles=articles))
    return frozenset(found)


def unstated(claim: str, source: Iterable[Quantity]) -> list[Quantity]:
    """The amounts of `claim` that are none of the source's.

    A number that the claim rounds ("about", 将近) may be a tenth off; one that it says to have
    worked out ("in total", 平均) may follow from two of the source's. "Two" counts what a source
    names without counting ("shallow and deep learning"), so alone it is not missed.
    """
    stated = tuple(source)
    tolerance = _ROUNDED if _ROUGHLY.search(claim.casefold()) else 0.0
    stated += tuple(Quantity(100 - one.value, PERCENT) for one in stated if one.unit == PERCENT)
    known = (*stated, *_worked_out(stated)) if _RECKONED.search(claim.casefold()) else stated
    return [
        one
        for one in quantities(claim)
        if not any(_agree(one, other, tolerance) for other in known)
        and not (one.value == 2 and one.unit == "")  # noqa: PLR2004
    ]


def _worked_out(stated: Sequence[Quantity]) -> Iterator[Quantity]:
    """Sums, differences, products and quotients of two amounts; the unit is left open."""
    for one, other in combinations(stated, 2):
        a, b = sorted((one.value, other.value))
        results = [a + b, b - a, a * b, *([b / a] if a else [])]
        yield from (Quantity(value, "") for value in results)
        if one.unit == other.unit == WEEKS:
            yield from (Quantity(value, WEEKS) for value in (a + b, b - a))
        if PERCENT in (one.unit, other.unit):
            yield Quantity(a * b / 100, "")


def misplaced(claim: str, source: Iterable[Quantity]) -> list[Quantity]:
    """The amounts of a claim whose counted thing the source gives another amount of."""
    stated = tuple(source)
    return [
        one
        for one in quantities(claim)
        if one.counted
        and any(o.counted == one.counted and not _agree(one, o) for o in stated)
        and not any(o.counted == one.counted and _agree(one, o) for o in stated)
    ]


def _agree(one: Quantity, other: Quantity, tolerance: float = 0.0) -> bool:
    same_unit = one.unit == other.unit
    apart = abs(one.value - other.value) / max(one.value, other.value, 1e-9)
    if same_unit and one.unit in (WEEKS, PERCENT):
        return apart <= max(SAME[one.unit], tolerance)
    loose = one.unit in _NOT_COUNTED or other.unit in _NOT_COUNTED
    return (same_unit or loose) and apart <= max(SAME_NUMBER, tolerance)


def _measured(value: float, unit: str, counted: str = "") -> Quantity:
    if unit in _DURATIONS:
        return Quantity(value * _DURATIONS[unit], WEEKS, counted)
    return Quantity(value, unit, counted)


def _percentages(text: str) -> Iterable[Quantity]:
    for match in _PERCENT.finditer(text):
        for value in numeral(match["number"] or match["han"]):
            yield Quantity(value, PERCENT, _share_of(text, match))
    for match in _TENTHS.finditer(text):
        for value in numeral(match["number"]):
            yield Quantity(10 * value, PERCENT, _share_of(text, match))
    for match in _SHARE.finditer(text):
        if match["half"]:
            yield Quantity(50.0, PERCENT)
        elif match["d"]:
            yield Quantity(100 * numeral(match["n"])[0] / numeral(match["d"])[0], PERCENT)
        else:
            count = {"two": 2, "three": 3, "four": 4}.get(match["article"], 1)
            yield Quantity(100 * count / _SHARES[match["name"]], PERCENT)


def _share_of(text: str, match: re.Match[str]) -> str:
    """What stands nearest to a share within its clause."""
    before = re.split(r"[，。；,;]", text[max(0, match.start() - _NEAR) : match.start()])[-1]
    after = re.split(r"[，。；,;]|(?: and )", text[match.end() : match.end() + _NEAR])[0]
    found = [
        (min(_distance(pattern, after, 0), _distance(pattern, before, 1)), name)
        for name, pattern in _SHARED.items()
    ]
    distance, name = min(found)
    return name if distance <= _NEAR else ""


def _distance(pattern: re.Pattern[str], text: str, backwards: int) -> int:
    places = [match.start() for match in pattern.finditer(text)]
    if not places:
        return _NEAR + 1
    return len(text) - places[-1] if backwards else places[0]


def _halves(text: str) -> Iterable[Quantity]:
    for match in _HALF_ZH.finditer(text):
        if not re.search(rf"[{HAN}\d]个?$", text[max(0, match.start() - 3) : match.start()]):
            yield _measured(0.5, _CHINESE_UNITS[match["unit"]])


def _ordinals(text: str) -> Iterable[Quantity]:
    """Places in a row (第 4、5 个月); what is placed is left open, for "month 4" tells it not."""
    for match in _ORDINAL.finditer(text):
        for word in re.split(RANGE, match.group().removeprefix("第").strip()):
            yield from (Quantity(value, "") for value in numeral(word))


def _chinese(match: re.Match[str], text: str) -> Iterable[Quantity]:
    word, unit = match["number"], match["unit"] or ""
    counts = bool(unit or match["measure"] or match["scale"])
    if not counts and not (word[0].isdigit() and _is_han(text, match.end())):
        return
    half = 0.5 if match["half"] == "半" or match["more"] else 0.0
    scale = _SCALE.get(match["scale"] or "", 1)
    name = _CHINESE_UNITS.get(unit, "")
    after = text[match.end() : match.end() + 2]
    counted = after if re.fullmatch(r"[\u4e00-\u9fff]{2}", after) and not unit else ""
    for part in (match["lower"], word):
        for value in _values(part):
            if value == 1 and not half and scale == 1 and name not in _LONG_UNITS:
                continue
            if name == "year" and value in _YEAR:
                yield Quantity(value, "date")
            elif name != "day" or unit != "日":
                yield _measured((value + half) * scale, name, counted)


def _is_han(text: str, position: int) -> bool:
    return bool(re.match(r" ?[\u4e00-\u9fff，。；、）)]|$", text[position : position + 2]))


def _values(word: str | None) -> tuple[float, ...]:
    if not word:
        return ()
    if "dozen" in word:
        return (12.0,)
    return numeral(word.replace(",", ""))


def _english(match: re.Match[str], *, articles: bool) -> Iterable[Quantity]:
    word = match["number"]
    words = list(takewhile(_can_be_counted, re.split(r"[ -]+", match["following"] or "")))
    unit = next((_ENGLISH_UNITS[s] for w in words if (s := _singular(w)) in _ENGLISH_UNITS), "")
    if word.startswith("half a"):
        name = _singular(words[0]) if words else ""
        if name in _DURATIONS:
            yield _measured(0.5, name)
        return
    half = 0.5 if match["half"] else 0.0
    scale = 1000 if match["scale"] else 1
    counted = words[0][:6] if words else ""
    first = _singular(words[0]) if words else ""
    said = [(part, value) for part in (match["lower"], word) for value in _values(part)]
    for part, value in said:
        article = part in ("a", "an", "one") and not half
        if article and (first not in _LONG_UNITS or (part != "one" and not articles)):
            continue
        if word[0].isdigit() and value in _YEAR and not unit:
            yield Quantity(value, "date")
        else:
            yield _measured((value + half) * scale, unit, counted if not unit else "")


def _can_be_counted(word: str) -> bool:
    return bool(word) and word not in _NEVER_COUNTED


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word not in ("hrs",) else word
