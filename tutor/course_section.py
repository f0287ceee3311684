"""What the syllabi say about the courses of an answer, in the words of their stored text."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.types import Course, CourseStatus, Language
from tutor.answer import Section, SentenceKind
from tutor.citations import CitationBook
from tutor.drafts import Draft, marks
from tutor.material import Material
from tutor.phrases import author_name, platform_name, sentence
from tutor.steps import course_title

# The wording of the stored course text that tells what a learner needs to know first.
_SUPERSEDED = {
    Language.CHINESE: "已经被取代，现在开始学的人请直接学新的。",
    Language.ENGLISH: "It has been superseded; if you are starting now, take that instead.",
}
_LENGTH = {
    Language.CHINESE: "按课程安排共周。总学时约小时。没有公布学完要多久。",
    Language.ENGLISH: "It is laid out over weeks. It takes about hours in total. "
    "How long it takes is not stated.",
}


def course_lines(material: Material, book: CitationBook) -> Iterator[Draft]:
    """One line for each course that the path or the cited people name."""
    language = material.learner.language
    for course in material.courses:
        if course is material.course_asked:
            continue
        superseded = course.status is CourseStatus.SUPERSEDED
        claim = (_SUPERSEDED if superseded else _LENGTH)[language]
        number = book.cite_claim(course, claim)
        if number is not None:
            fact = " ".join(book.citations[number - 1].quote.split())
            text = sentence(
                "course",
                language,
                course=course_title(course, language),
                fact=fact,
                marks=marks((number,), language),
            )
            yield Draft(text, fact, (number,), SentenceKind.FACT, Section.COURSES)


def about_course(course: Course, material: Material, book: CitationBook) -> Iterator[Draft]:
    """What the syllabus says to a question about the course, then who names it."""
    language = material.learner.language
    head = sentence("about_course", language, course=course_title(course, language))
    yield Draft(head, "", (), SentenceKind.INFERENCE, Section.VERDICT)
    claims = [course.summary.text(language)]
    if course.status is CourseStatus.SUPERSEDED:
        claims.append(_SUPERSEDED[language])
    claims += [material.question, _LENGTH[language]]
    numbers = dict.fromkeys(book.cite_claim(course, claim) for claim in claims)
    for number in numbers:
        if number is not None:
            fact = " ".join(book.citations[number - 1].quote.split())
            text = sentence("course_fact", language, fact=fact, marks=marks((number,), language))
            yield Draft(text, fact, (number,), SentenceKind.FACT, Section.VERDICT)
    yield from _mentions(course, material, book)


def _mentions(course: Course, material: Material, book: CitationBook) -> Iterator[Draft]:
    language = material.learner.language
    for person in material.mentions:
        number = book.cite_claim(person, course.title.text(language))
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
