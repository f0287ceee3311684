"""Renders a course as short readable Markdown, in sentences that can be quoted as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.course_labels import (
    CONFIDENCES,
    COSTS,
    DIRECTIONS,
    FIELDS,
    LANGUAGES,
    LEVELS,
    origin_name,
    skill_name,
)
from corpus.types import Bilingual, Course, Direction, Language, Module, Prerequisite

_HEADINGS = (
    Bilingual("简介", "Overview"),
    Bilingual("先修", "Before you start"),
    Bilingual("内容", "Contents"),
    Bilingual("费用与语言", "Cost and language"),
)
_MODULE_NUMBERS = (
    (r"w(\d+)", Bilingual("第 {0} 周：", "Week {0}: ")),
    (r"ch(\d+)", Bilingual("第 {0} 章：", "Chapter {0}: ")),
    (r"l(\d+)", Bilingual("第 {0} 讲：", "Lesson {0}: ")),
    (r"c(\d+)w(\d+)", Bilingual("第 {0} 门课第 {1} 周：", "Course {0}, week {1}: ")),
    (r"s(\d+)", Bilingual("第 {0} 节：", "Section {0}: ")),
    (r"s(\d+)-(\d+)", Bilingual("第 {0}.{1} 节：", "Section {0}.{1}: ")),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def render_course(
    course: Course, language: Language, titles: Mapping[str, Bilingual] | None = None
) -> str:
    """The course as Markdown in `language`, the same for the same input.

    `titles` are those of other courses by id; a course that is not among them goes by its id.
    """
    known = titles or {}
    sections = (
        _paragraph(_overview(course, known), language)
        + "\n\n"
        + _paragraph(_facts(course), language),
        _paragraph(_before(course, known), language),
        _contents(course, language),
        _paragraph(_cost_and_language(course), language),
    )
    parts = [f"# {course.title.text(language)}"]
    for heading, section in zip(_HEADINGS, sections, strict=True):
        parts += [f"## {heading.text(language)}", section]
    return "\n\n".join(parts) + "\n"


def _overview(course: Course, titles: Mapping[str, Bilingual]) -> Iterable[Bilingual]:
    yield course.summary
    if course.superseded_by is not None:
        newer = _course_title(course.superseded_by, titles)
        yield Bilingual(
            f"这门课已经被{newer.zh}取代，现在开始学的人请直接学新的。",
            f"It has been superseded by {newer.en}; if you are starting now, take that instead.",
        )


def _facts(course: Course) -> Iterable[Bilingual]:
    if course.instructors:
        people_zh = "、".join(course.instructors).replace(" (", "（").replace(")", "）")
        people_en = _english_list(course.instructors)
        yield Bilingual(f"主讲或作者：{people_zh}。", f"Taught or written by {people_en}.")
    level = LEVELS[course.level]
    yield Bilingual(
        f"提供方：{course.provider}。难度：{level.zh}。",
        f"Offered by {course.provider}. Level: {level.en}.",
    )
    if Direction.GENERAL not in course.directions:
        zh, en = _list([DIRECTIONS[field] for field in course.directions])
        yield Bilingual(f"面向方向：{zh}。", f"Field: {en}.")
    if course.teaches:
        zh, en = _list([_skill(skill) for skill in course.teaches])
        yield Bilingual(f"主要教：{zh}。", f"It teaches {en}.")
    yield _how_sure(course)


def _how_sure(course: Course) -> Bilingual:
    year, month = course.verified_on.split("-")[:2]
    sure = CONFIDENCES[course.confidence]
    checked = Bilingual(
        f"这些信息核对于 {year} 年 {int(month)} 月，可信度{sure.zh}",
        f"These facts were checked in {_MONTHS[int(month) - 1]} {year}; confidence is {sure.en}",
    )
    if not course.unverified:
        return Bilingual(f"{checked.zh}。", f"{checked.en}.")
    zh, en = _list([FIELDS[field] for field in course.unverified])
    return Bilingual(
        f"{checked.zh}；没有官方证实、仅供参考的有：{zh}。",
        f"{checked.en}. Not officially confirmed: {en}.",
    )


def _before(course: Course, titles: Mapping[str, Bilingual]) -> Iterable[Bilingual]:
    groups: dict[tuple[bool, str], list[Bilingual]] = {}
    for entry in course.prerequisites:
        group = groups.setdefault((entry.required, entry.source), [])
        group.append(_prerequisite_name(entry, titles))
    for (required, source), names in groups.items():
        zh, en = _list(names)
        who_zh = origin_name(source, Language.CHINESE)
        who_en = origin_name(source, Language.ENGLISH)
        if required:
            yield Bilingual(
                f"开始之前要先学：{zh}（依据：{who_zh}）。",
                f"Before you start you need {en}, according to {who_en}.",
            )
        else:
            yield Bilingual(
                f"先学更好、但不强求：{zh}（依据：{who_zh}）。",
                f"Helpful but not required: {en}, according to {who_en}.",
            )
    if not groups:
        yield (
            Bilingual("没有查到写明的先修要求。", "No stated prerequisites were found.")
            if "prerequisites" in course.unverified
            else Bilingual("没有写明任何先修要求。", "It states no prerequisites.")
        )


def _contents(course: Course, language: Language) -> str:
    lines = [f"- {_module_line(module).text(language)}" for module in course.modules]
    return _paragraph(_length(course), language) + "\n\n" + "\n".join(lines)


def _length(course: Course) -> Iterable[Bilingual]:
    if course.weeks is not None:
        yield Bilingual(
            f"按课程安排共 {course.weeks} 周。", f"It is laid out over {course.weeks} weeks."
        )
    if course.hours is not None:
        yield Bilingual(
            f"总学时约 {course.hours:g} 小时"
            f"（依据：{origin_name(course.hours_basis, Language.CHINESE)}）。",
            f"It takes about {course.hours:g} hours in total, "
            f"according to {origin_name(course.hours_basis, Language.ENGLISH)}.",
        )
    if course.weeks is None and course.hours is None:
        yield Bilingual("没有公布学完要多久。", "How long it takes is not stated.")
    count = len(course.modules)
    yield Bilingual(f"内容共 {count} 个单元，依次是：", f"It has {count} units, in this order:")


def _module_line(module: Module) -> Bilingual:
    number = Bilingual("", "")
    for pattern, words in _MODULE_NUMBERS:
        if match := re.fullmatch(pattern, module.id):
            number = Bilingual(words.zh.format(*match.groups()), words.en.format(*match.groups()))
    zh, en = number.zh + module.title.zh, number.en + module.title.en
    if module.hours is not None:
        zh, en = f"{zh}（约 {module.hours:g} 小时）", f"{en} (about {module.hours:g} hours)"
    return Bilingual(_ended(zh, "。"), _ended(en, "."))


def _cost_and_language(course: Course) -> Iterable[Bilingual]:
    cost = COSTS[course.cost]
    yield Bilingual(f"费用：{cost.zh}。", f"Cost: {cost.en}.")
    yield course.cost_note
    zh, en = _list([LANGUAGES[language] for language in course.languages])
    yield Bilingual(f"语言：{zh}。", f"Available in {en}.")


def _prerequisite_name(entry: Prerequisite, titles: Mapping[str, Bilingual]) -> Bilingual:
    if entry.course is not None:
        return _course_title(entry.course, titles)
    return _skill(entry.skill or "")


def _course_title(course: str, titles: Mapping[str, Bilingual]) -> Bilingual:
    title = titles.get(course, Bilingual(course, course))
    return Bilingual(f"《{title.zh}》", title.en)


def _skill(skill: str) -> Bilingual:
    return Bilingual(skill_name(skill, Language.CHINESE), skill_name(skill, Language.ENGLISH))


def _list(names: Sequence[Bilingual]) -> tuple[str, str]:
    return "、".join(name.zh for name in names), _english_list([name.en for name in names])


def _paragraph(sentences: Iterable[Bilingual], language: Language) -> str:
    gap = "" if language is Language.CHINESE else " "
    return gap.join(sentence.text(language) for sentence in sentences)


def _english_list(parts: Sequence[str]) -> str:
    if len(parts) <= 2:  # noqa: PLR2004 - two parts take no comma
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _ended(line: str, stop: str) -> str:
    return line if line[-1] in "。？！.?!" else line + stop
