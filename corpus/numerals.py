"""Numbers as Chinese and English write them: 5, 70/30, 五个月, 二三十天, twenty-four weeks.

`folded` text is what every pattern here expects: NFKC, lower case, single spaces. The patterns
take time linear in the text; runs of numerals are matched whole or not at all.
"""

from __future__ import annotations

import re
import unicodedata

_DIGIT = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: value for value, word in enumerate(("zero", *_UNITS, *_TEENS))},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "a": 1,
    "an": 1,
}
_PHRASES = {
    **{"半": 0.5, "half a": 0.5, "half an": 0.5},
    **{"俩": 2.0, "仨": 3.0, "couple of": 2.0, "a couple of": 2.0},
}

HAN = "".join(_DIGIT) + "十百千"
"""The characters of Chinese numerals, for a character class."""
CHINESE_NUMERAL = rf"(?:[{HAN}]++|[半俩仨])"
"""A pattern of what `numeral` reads in Chinese; a run may still be no number (十十)."""

_UNIT = rf"(?:{'|'.join(_UNITS)})(?![a-z])"
_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -]{_UNIT})?|(?:{'|'.join(_TEENS)}|zero)|{_UNIT})(?![a-z])"
)
_THOUSAND = rf"(?:(?:{_HUNDRED}|an?)[ -]hundred(?![a-z])(?: (?:and )?{_HUNDRED})?|{_HUNDRED})"
_SPELLED = rf"(?:(?:{_THOUSAND}|an?)[ -]thousand(?![a-z])(?: (?:and )?{_THOUSAND})?|{_THOUSAND})"
ENGLISH_NUMERAL = rf"(?:{_SPELLED}|half an?|(?:a )?couple of|an?)(?![a-z])"
"""A pattern of what `numeral` reads in English, articles included."""
RANGE = r" ?(?:[-~–—、到至]|或者?|to|or) ?"
"""A pattern of what stands between the two ends of a range."""
ORDINAL = (
    rf"第 ?(?:\d{{1,4}}|{CHINESE_NUMERAL})"
    rf"(?: ?(?:[-~–—到至]|、(?= ?\d)) ?(?:\d{{1,4}}|{CHINESE_NUMERAL}))?(?!\d)"
)
"""A pattern of places in a row, which are no amounts: 第三, 第 1 到 5."""

_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_ENGLISH_ONLY = re.compile(ENGLISH_NUMERAL)
_CHINESE_DIGITS = re.compile(rf"[{''.join(_DIGIT)}]{{1,4}}")  # 二〇一八; longer ones count up
_NEIGHBOURS = re.compile(r"一[二两]|[二两]三|三[两四五]|四五|五六|六七|七八|八九")
_CHINESE_EXACT = re.compile(
    r"(?:(?P<千>[一二两三四五六七八九])?千)?(?P<gap>零)?"
    r"(?:(?P<百>[一二两三四五六七八九])?百)?(?P<hole>零)?"
    r"(?:(?P<十>[一二三四五六七八九])?十)?(?P<rest>[一二两三四五六七八九])?"
)
_SCALES = {"千": 1000, "百": 100, "十": 10}

_ARABIC = re.compile(
    r"(?<![a-z\d.])\d+(?:,\d{3})+(?!\d)|(?<![a-z\d.])\d+(?:\.\d+)?(?![a-z]*\d)", re.IGNORECASE
)
_MEASURES = "个月周天日年岁小时分钟门本章节课讲篇步次遍位种类部条项题轮套段行页成倍万亿星期阶层"
_COUNTED = re.compile(
    rf"(?<![{HAN}])(?!千万|百分)(?:[{HAN}]++|[俩仨])"
    rf"(?=[{_MEASURES}]|(?:{RANGE})[{HAN}]{{1,6}}[{_MEASURES}])"
)
_ENGLISH = re.compile(rf"(?<![a-z]){_SPELLED}(?![a-z])")
# "一个" and "one" are articles as often as numbers, so they claim nothing.
_ARTICLE = (1.0,)


def folded(text: str) -> str:
    """`text` in NFKC and lower case, every stretch of white space one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def numeral(word: str) -> tuple[float, ...]:
    """The number that folded `word` is: one value, or the two ends of an approximate number.

    三五个 gives 3 and 5, 二三十 gives 20 and 30, 十五六 gives 15 and 16. A word that is no number
    gives none.
    """
    if _PLAIN.fullmatch(word):
        return (float(word),)
    if word in _PHRASES:
        return (_PHRASES[word],)
    if _ENGLISH_ONLY.fullmatch(word):
        return (_spelled(word),)
    pair = _NEIGHBOURS.search(word)
    digits = _CHINESE_DIGITS.fullmatch(word)
    if pair and not (digits and len(word) > len(pair.group())):
        lower = word[: pair.end() - 1] + word[pair.end() :]
        upper = word[: pair.start()] + word[pair.start() + 1 :]
        return tuple(sorted({*_chinese(lower), *_chinese(upper)}))
    if digits and len(word) > 1:
        return (float("".join(str(_DIGIT[character]) for character in word)),)
    return _chinese(word)


def numbers(text: str) -> frozenset[float]:
    """The numbers that `text` states in digits or words, both ends of an approximate one.

    A lone "one" is not one of them, nor is a half ("半年").
    """
    text = folded(text)
    found = {float(match.group().replace(",", "")) for match in _ARABIC.finditer(text)}
    for pattern in (_COUNTED, _ENGLISH):
        for match in pattern.finditer(text):
            value = numeral(match.group())
            found.update(value if value != _ARTICLE else ())
    return frozenset(found)


def _spelled(word: str) -> float:
    total, current = 0, 0
    for part in re.split(r"[ -]", word):
        if part == "hundred":
            current *= 100
        elif part == "thousand":
            total, current = current * 1000, 0
        elif part != "and":
            current += _WORDS[part]
    return float(total + current)


def _chinese(word: str) -> tuple[float, ...]:
    """The one value of a Chinese numeral without neighbours, or none."""
    if word in _DIGIT:
        return (float(_DIGIT[word]),)
    match = _CHINESE_EXACT.fullmatch(word)
    if not match or not word or word[-1] in "零〇":
        return ()
    named = [name for name in _SCALES if name in word]
    total = sum(_SCALES[name] * _DIGIT[match[name] or "一"] for name in named)
    rest = _DIGIT[match["rest"]] if match["rest"] else 0
    # 一百二 is short for 一百二十, while 一百零二 is not.
    short = rest > 0 and named[-1] != "十" and word[-2] != "零"
    return (float(total + rest * (_SCALES[named[-1]] // 10 if short else 1)),)
