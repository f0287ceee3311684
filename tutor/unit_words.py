"""Units of a course named shortly: 第 3–4 章（线性神经网络、多层感知机）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.types import Bilingual, Language
from tutor.planning.types import PlannedModule

# Characters of titles that a line has room for: behind numbers, and where there are none.
_BESIDE_NUMBERS = {Language.CHINESE: 24, Language.ENGLISH: 60}
_ALONE = {Language.CHINESE: 36, Language.ENGLISH: 90}
_NUMBERED = (
    (re.compile(r"()ch(\d+)"), Bilingual(zh="第 {n} 章", en="chapter {n}")),
    (re.compile(r"()l(\d+)"), Bilingual(zh="第 {n} 讲", en="lesson {n}")),
    (re.compile(r"()s(\d+)"), Bilingual(zh="第 {n} 节", en="section {n}")),
    (re.compile(r"()w(\d+)"), Bilingual(zh="课程第 {n} 周", en="course week {n}")),
    (
        re.compile(r"c(\d+)w(\d+)"),
        Bilingual(zh="第 {course} 门课第 {n} 周", en="course {course}, week {n}"),
    ),
)
_AND_MORE = Bilingual(zh="「{first}」等 {n} 个单元", en="“{first}” and {more} more")


def units_named(modules: Sequence[PlannedModule], language: Language) -> str:
    """The units by number where all have one, with their titles where there is room for them."""
    titles = [module.title.text(language) for module in modules]
    numbers = _by_number([module.key.module for module in modules], language)
    if numbers is None:
        return _by_title(titles, language)
    if len("".join(titles)) > _BESIDE_NUMBERS[language]:
        return numbers
    if language is Language.CHINESE:
        return f"{numbers}（{'、'.join(titles)}）"
    return f"{numbers} ({'; '.join(titles)})"


def _by_title(titles: Sequence[str], language: Language) -> str:
    if len(titles) > 1 and len("".join(titles)) > _ALONE[language]:
        more = _AND_MORE.text(language)
        return more.format(first=titles[0], n=len(titles), more=len(titles) - 1)
    if language is Language.CHINESE:
        return "".join(f"「{title}」" for title in titles)
    return ", ".join(f"“{title}”" for title in titles)


def _by_number(ids: Sequence[str], language: Language) -> str | None:
    """第 3–4 章, or None unless all ids are numbers of one kind."""
    for pattern, words in _NUMBERED:
        found = [match for id in ids if (match := pattern.fullmatch(id))]
        if len(found) == len(ids):
            parts = [
                _counted(words, course, [int(match[2]) for match in group], language)
                for course, group in groupby(found, key=lambda match: match[1])
            ]
            return ("、" if language is Language.CHINESE else " and ").join(parts)
    return None


def _counted(words: Bilingual, course: str, numbers: Sequence[int], language: Language) -> str:
    """`words` with the runs of `numbers`; an English noun stands in the plural for several."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [_run(run) for run in runs]
    if language is Language.CHINESE:
        return words.zh.format(course=course, n="、".join(shown))
    form = words.en.replace(" {n}", "s {n}") if len(numbers) > 1 else words.en
    return form.format(course=course, n=", ".join(shown))


def _run(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
