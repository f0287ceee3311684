"""What the syllabi say about the courses of an answer, in the words of their stored text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from corpus.types import Course, CourseStatus, Language
from tutor.answer import Section, SentenceKind
from tutor.citations import CitationBook, quotable_units
from tutor.courses_for_skill import estimated_hours
from tutor.drafts import Draft, enumerated, marks, own_sentence
from tutor.material import Material
from tutor.phrases import author_name, platform_name, sentence
from tutor.steps import course_title

# The wording of the stored course text that tells what a learner needs to know first.
_SUPERSEDED = {
    Language.CHINESE: "已经被取代，现在开始学的人请直接学新的。",
    Language.ENGLISH: "It has been superseded; if you are starting now, take that instead.",
}
_WEEKS = {Language.CHINESE: "按课程安排共周。", Language.ENGLISH: "It is laid out over weeks."}
_HOURS = {
    Language.CHINESE: "总学时约小时（依据）。",
    Language.ENGLISH: "It takes about hours in total, according to.",
}
_BEFORE = {
    Language.CHINESE: "开始之前要先学。有基础更好、但不强求。没有写明任何先修要求。",
    Language.ENGLISH: "Before you start you need. Helpful but not required. "
    "It states no prerequisites.",
}
_NAMED = 2


def course_lines(material: Material, book: CitationBook) -> Iterator[Draft]:
    """One line for each course that the path or the cited people name, and who names it."""
    language = material.learner.language
    for course in material.courses:
        if course is material.course_asked:
            continue
        number = _cite_telling(course, book, language)
        if number is None:
            continue
        fact = _ended(book.citations[number - 1].quote, language)
        names = _who_names(course, material)[:_NAMED]
        in_lists = language is Language.CHINESE and any("、" in name for name in names)
        people = "和".join(names) if in_lists else enumerated(names, language)
        text = sentence(
            "course_named" if people else "course",
            language,
            course=course_title(course, language),
            people=people,
            fact=fact,
            marks=marks((number,), language),
        )
        yield Draft(text, fact, (number,), SentenceKind.FACT, Section.COURSES)
        if course.hours and course.status is CourseStatus.CURRENT:
            yield from _pace(course, course.hours, number, material)
        elif material.asks_time:
            yield _estimate(course, language)


def _pace(course: Course, hours: float, number: int, material: Material) -> Iterator[Draft]:
    """How many weeks a course takes at the learner's pace, where both are known."""
    a_week, language = material.learner.hours_per_week, material.learner.language
    if a_week:
        text = sentence(
            "course_pace",
            language,
            hours=f"{a_week:g}",
            course=course_title(course, language),
            weeks=math.ceil(hours / a_week),
            marks=marks((number,), language),
        )
        yield Draft(f"- {text}", "", (number,), SentenceKind.INFERENCE, Section.COURSES)


def _estimate(course: Course, language: Language) -> Draft:
    """How long a course takes by our own estimate, where it does not say so."""
    text = sentence(
        "course_estimate",
        language,
        course=course_title(course, language),
        hours=f"{estimated_hours(course):g}",
    )
    return own_sentence(text, Section.COURSES)


def _cite_telling(course: Course, book: CitationBook, language: Language) -> int | None:
    """Cite what helps most about a course: superseded, how long, else what it is."""
    if course.status is CourseStatus.SUPERSEDED:
        return book.cite_course(course, _SUPERSEDED[language])
    if course.weeks is not None or course.hours is not None:
        return book.cite_course(course, _length(course, language))
    return book.cite_opening(course)


def _length(course: Course, language: Language) -> str:
    """What the stored text says where it tells how long a course takes."""
    weeks = _WEEKS[language] if course.weeks is not None else ""
    return weeks + (_HOURS[language] if course.hours is not None else "")


def _who_names(course: Course, material: Material) -> list[str]:
    """The cited people, by name, who name the course."""
    people = [view.perspective for topic in material.topics for view in topic.chosen]
    if material.path:
        people.append(material.path[0])
    names = [
        person.author
        for person in people
        if person.author and any(resource.course == course.id for resource in person.resources)
    ]
    return list(dict.fromkeys(names))


def about_course(course: Course, material: Material, book: CitationBook) -> Iterator[Draft]:
    """What the syllabus says to a question about the course, then who names it."""
    language = material.learner.language
    head = sentence("about_course", language, course=course_title(course, language))
    yield Draft(head, "", (), SentenceKind.INFERENCE, Section.VERDICT)
    claims = []
    if course.status is CourseStatus.SUPERSEDED:
        claims.append(_SUPERSEDED[language])
    claims += [material.question, _length(course, language), _BEFORE[language]]
    opening = book.cite_opening(course)
    numbers = dict.fromkeys(
        [opening, *(book.cite_course(course, claim) for claim in claims if claim)]
    )
    for number in without_repetition([n for n in numbers if n is not None], book):
        fact = _ended(book.citations[number - 1].quote, language)
        text = sentence("course_fact", language, fact=fact, marks=marks((number,), language))
        yield Draft(text, fact, (number,), SentenceKind.FACT, Section.VERDICT)
    yield from _units(course, book, language)
    yield from _mentions(course, material, book)


def without_repetition(numbers: Sequence[int], book: CitationBook) -> list[int]:
    """`numbers` without those whose words another of them holds."""
    places = {n: (book.citations[n - 1].start, book.citations[n - 1].end) for n in numbers}
    return [
        number
        for number, (start, end) in places.items()
        if not any(
            left <= start and end <= right
            for other, (left, right) in places.items()
            if other != number
        )
    ]


def _units(course: Course, book: CitationBook, language: Language) -> Iterator[Draft]:
    """The units of a course in their order, as many as a quotation holds."""
    titles = [module.title.text(language) for module in course.modules]
    kept = quotable_units(titles)
    number = book.cite_course_units(course, titles[:kept])
    if number is None:
        return
    joint = "、" if language is Language.CHINESE else "; "
    units = joint.join(titles[:kept])
    text = sentence(
        "course_units" if kept == len(titles) else "course_units_first",
        language,
        units=units,
        n=len(titles) - kept,
        marks=marks((number,), language),
    )
    yield Draft(text, units, (number,), SentenceKind.FACT, Section.VERDICT)


def _mentions(course: Course, material: Material, book: CitationBook) -> Iterator[Draft]:
    language = material.learner.language
    for person in material.mentions:
        number = book.cite_mention(person, course)
        if number is None:
            continue
        citation = book.citations[number - 1]
        readable = citation.language is language
        says = citation.quote if readable else (citation.rendering or citation.quote)
        says = " ".join(says.split())
        text = sentence(
            "recommended",
            language,
            author=author_name(person.author, language),
            platform=platform_name(person.platform).text(language),
            says=says,
            marks=marks((number,), language),
        )
        yield Draft(text, says, (number,), SentenceKind.OPINION, Section.VOICES)


def _ended(quote: str, language: Language) -> str:
    """A quotation on one line that ends as a sentence does."""
    line = " ".join(quote.split()).rstrip("；;：:")
    if line[-1] in "。.!?！？":
        return line
    return line + ("。" if language is Language.CHINESE else ".")
