"""What to do, in order: the study path that fits the learner's goal and time."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.types import Course, Language, Perspective, Step, StudyPath
from tutor.answer import Section, SentenceKind
from tutor.citations import CitationBook
from tutor.drafts import Draft, clause, marks
from tutor.material import Material
from tutor.phrases import author_name, sentence

_SHORT = {Language.CHINESE: 16, Language.ENGLISH: 44}  # characters of a step that fits in a row
_MOST_STEPS = 9
_LONGEST_LIST = {Language.CHINESE: 50, Language.ENGLISH: 150}  # characters of unit titles
_TIGHT = 1.1


def step_drafts(material: Material, book: CitationBook) -> Iterator[Draft]:
    """The chosen path as one line or as numbered lines, each cited, with a word on the time."""
    if material.path is None:
        return
    person, path = material.path
    language = material.learner.language
    steps = path.steps[:_MOST_STEPS]
    if all(len(step.text.text(language)) <= _SHORT[language] for step in steps):
        yield from _in_one_line(person, steps, book, language)
    else:
        yield from _numbered(person, steps, book, language)
    yield from _modules(steps, material, book)
    yield from _time(person, path, material)


def _in_one_line(
    person: Perspective, steps: tuple[Step, ...], book: CitationBook, language: Language
) -> Iterator[Draft]:
    row = " → ".join(clause(step.text.text(language)) for step in steps)
    number = book.cite_claim(person, row)
    if number is not None:
        name = author_name(person.author, language)
        marked = marks((number,), language)
        text = sentence("steps_line", language, author=name, steps=row, marks=marked)
        yield Draft(text, row, (number,), SentenceKind.OPINION, Section.STEPS)


def _numbered(
    person: Perspective, steps: tuple[Step, ...], book: CitationBook, language: Language
) -> Iterator[Draft]:
    head = sentence("steps_head", language, author=author_name(person.author, language))
    yield Draft(head, "", (), SentenceKind.INFERENCE, Section.STEPS)
    for rank, step in enumerate(steps, start=1):
        claim = clause(step.text.text(language))
        number = book.cite_claim(person, claim)
        if number is not None:
            marked = marks((number,), language)
            text = sentence("step", language, n=rank, step=claim, marks=marked)
            yield Draft(text, claim, (number,), SentenceKind.OPINION, Section.STEPS)


def _modules(steps: tuple[Step, ...], material: Material, book: CitationBook) -> Iterator[Draft]:
    """Which units of a course the steps stand for, where the path names them."""
    language = material.learner.language
    for course in material.courses:
        wanted = {id for step in steps if step.course == course.id for id in step.modules}
        names = [m.title.text(language) for m in course.modules if m.id in wanted]
        if names and len("".join(names)) <= _LONGEST_LIST[language]:
            yield _module_draft(course, names, book, language)


def _module_draft(
    course: Course, names: list[str], book: CitationBook, language: Language
) -> Draft:
    joint = "、" if language is Language.CHINESE else ", "
    number = book.cite_course_units(course, names)
    numbers = (number,) if number is not None else ()
    text = sentence(
        "steps_modules",
        language,
        course=course_title(course, language),
        modules=joint.join(
            f"“{name}”" if language is Language.ENGLISH else f"「{name}」" for name in names
        ),
        marks=marks(numbers, language),
    )
    return Draft(text, joint.join(names), numbers, SentenceKind.FACT, Section.STEPS)


def _time(person: Perspective, path: StudyPath, material: Material) -> Iterator[Draft]:
    available, language = material.learner.weeks, material.learner.language
    if available is None or path.weeks is None:
        return
    name = "steps_tight" if path.weeks > available * _TIGHT else "steps_fit"
    text = sentence(
        name,
        language,
        author=author_name(person.author, language),
        weeks=path.weeks,
        available=f"{available:g}",
    )
    yield Draft(text, "", (), SentenceKind.INFERENCE, Section.STEPS)


def course_title(course: Course, language: Language) -> str:
    """The title as it stands in a sentence: 《…》 in Chinese, plain in English."""
    title = course.title.text(language)
    marked = language is Language.CHINESE and not title.startswith("《")
    return f"《{title}》" if marked else title
