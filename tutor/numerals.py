"""Numbers as claims and sources write them: 5, 70/30, 五个月, two months."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
    for word in words.split()
}
_ARABIC = re.compile(
    r"(?<![A-Za-z\d.])\d+(?:,\d{3})+(?!\d)|(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![A-Za-z]*\d)"
)
_UNITS = "个月周天日年岁小时分钟门本章节课讲篇步次遍位种类部条项题轮套段行页成倍万亿星期阶层"
_HAN = re.compile(rf"[零〇一二两三四五六七八九十百千]+(?=[{_UNITS}])")
_ENGLISH = re.compile(rf"(?<![a-z])(?:{'|'.join(_WORDS)})(?![a-z])")
# "一个" and "one" are articles as often as numbers, so they claim nothing.
_ARTICLE = 1.0


def numbers(text: str) -> frozenset[float]:
    """The numbers that `text` states in digits or words; a lone "one" is not one of them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = {float(match.group().replace(",", "")) for match in _ARABIC.finditer(folded)}
    words = {_chinese(match.group()) for match in _HAN.finditer(folded)}
    words |= {float(_WORDS[match.group()]) for match in _ENGLISH.finditer(folded)}
    return frozenset(found | (words - {_ARTICLE}))


def _chinese(word: str) -> float:
    total, digit = 0, 0
    for character in word:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGIT[character] if digit and total == 0 else _DIGIT[character]
    return float(total + digit)
