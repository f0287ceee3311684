"""Courses as pages: a list of them, and everything about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.blocks import Block, Heading, Line, Lines, Table, Tone
from corpus.types import Bilingual, Course, Language, Module, Prerequisite

_COLUMNS = (
    Bilingual(zh="编号", en="id"),
    Bilingual(zh="课程", en="title"),
    Bilingual(zh="提供者", en="provider"),
    Bilingual(zh="程度", en="level"),
    Bilingual(zh="语言", en="languages"),
    Bilingual(zh="周数", en="weeks"),
    Bilingual(zh="小时", en="hours"),
    Bilingual(zh="费用", en="cost"),
    Bilingual(zh="状态", en="status"),
)


def course_list(courses: Iterable[Course], language: Language) -> Iterator[Block]:
    """One row a course."""
    header = tuple(column.text(language) for column in _COLUMNS)
    yield Table(header, tuple(_row(course, language) for course in courses))


def course_page(course: Course, language: Language) -> Iterator[Block]:
    """What a course is, what it takes, what it holds, and how well that is known."""
    yield Lines(
        (
            Line(course.title.text(language), Tone.STRONG),
            Line(" · ".join(part for part in _row(course, language)[2:] if part)),
            Line(course.url, Tone.LINK),
            Line(course.summary.text(language)),
        )
    )
    if course.superseded_by:
        superseded = Bilingual(
            zh=f"已被 {course.superseded_by} 取代。", en=f"Superseded by {course.superseded_by}."
        )
        yield Lines((Line(superseded.text(language), Tone.WARNING),))
    if course.prerequisites:
        yield Heading(Bilingual(zh="先修", en="What comes before").text(language))
        yield Lines(tuple(_prerequisite(entry, language) for entry in course.prerequisites))
    if course.modules:
        yield Heading(Bilingual(zh="内容", en="Contents").text(language))
        yield Lines(tuple(_module(module, language) for module in course.modules))
    if course.module_hours is not None:
        estimate = Bilingual(
            zh=f"每个单元的学时：约 {course.module_hours:g} 小时（我们的估计，不是课程给的）",
            en=f"Hours per unit: about {course.module_hours:g} (our estimate, not the course's)",
        )
        yield Lines((Line(estimate.text(language), Tone.DIM),))
    yield Lines(tuple(_provenance(course, language)))


def _row(course: Course, language: Language) -> tuple[str, ...]:
    return (
        course.id,
        course.title.text(language),
        course.provider,
        course.level,
        "/".join(course.languages),
        "" if course.weeks is None else str(course.weeks),
        "" if course.hours is None else f"{course.hours:g}",
        course.cost,
        course.status,
    )


def _prerequisite(entry: Prerequisite, language: Language) -> Line:
    needed = Bilingual(zh="必需", en="required") if entry.required else Bilingual("建议", "advised")
    return Line(f"- {entry.course or entry.skill} ({needed.text(language)}; {entry.source})")


def _module(module: Module, language: Language) -> Line:
    hours = "" if module.hours is None else f" ({module.hours:g} h)"
    return Line(f"- {module.id}: {module.title.text(language)}{hours}")


def _provenance(course: Course, language: Language) -> Iterator[Line]:
    checked = Bilingual(
        zh=f"核实于 {course.verified_on}，可信度：{course.confidence}",
        en=f"Verified {course.verified_on}, confidence: {course.confidence}",
    )
    yield Line(checked.text(language), Tone.DIM)
    if course.unverified:
        fields = ", ".join(course.unverified)
        unverified = Bilingual(zh=f"未核实：{fields}", en=f"Not verified: {fields}")
        yield Line(unverified.text(language), Tone.DIM)
    for source in course.sources:
        yield Line(source, Tone.DIM)
