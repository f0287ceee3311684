"""What to do, in order: the study path that fits the learner's goal and time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Bilingual, Course, Language, Perspective, Step, StudyPath
from tutor.answer import Section, SentenceKind
from tutor.citations import CitationBook
from tutor.course_choice import suits
from tutor.drafts import Draft, clause, marks
from tutor.material import Material
from tutor.phrases import author_name, sentence

_SHORT = {Language.CHINESE: 16, Language.ENGLISH: 44}  # characters of a step that fits in a row
_MOST_STEPS = 9
_LONGEST_LIST = {Language.CHINESE: 50, Language.ENGLISH: 150}  # characters of unit titles
_TIGHT = 1.1
_STEP = re.compile(r"\d+\. ")


def step_drafts(material: Material, book: CitationBook) -> Iterator[Draft]:
    """The chosen path as one line or as numbered lines, each cited, with a word on the time."""
    if material.path is None:
        return
    person, path = material.path
    language = material.learner.language
    direction = material.learner.direction
    steps = tuple(
        step
        for step in path.steps
        if step.course is None
        or step.course not in material.known_courses
        or suits(material.known_courses[step.course], direction)
    )[:_MOST_STEPS]
    if all(len(step.text.text(language)) <= _SHORT[language] for step in steps):
        yield from _in_one_line(person, steps, book, language)
    else:
        yield from _numbered(person, steps, book, language)
    yield from _modules(steps, material, book)
    yield from _time(person, path, steps, material)


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts` with their steps numbered anew, and without a heading that has lost its steps."""
    numbered = any(_STEP.match(draft.text) for draft in drafts)
    count = 0
    kept: list[Draft] = []
    for draft in drafts:
        if draft.section is Section.STEPS and _STEP.match(draft.text):
            count += 1
            kept.append(replace(draft, text=_STEP.sub(f"{count}. ", draft.text, count=1)))
        elif numbered or draft.section is not Section.STEPS or draft.citations:
            kept.append(draft)
    return kept


def _in_one_line(
    person: Perspective, steps: tuple[Step, ...], book: CitationBook, language: Language
) -> Iterator[Draft]:
    rows = {one: " → ".join(clause(step.text.text(one)) for step in steps) for one in Language}
    row = rows[language]
    number = book.cite_claim(person, Bilingual(rows[Language.CHINESE], rows[Language.ENGLISH]))
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
        number = book.cite_claim(person, step.text)
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


def _time(
    person: Perspective, path: StudyPath, steps: Sequence[Step], material: Material
) -> Iterator[Draft]:
    """Whether the path fits the learner's time, by hours where they are known, else by weeks."""
    learner, language = material.learner, material.learner.language
    named = {step.course for step in steps if step.course}
    hours = sum(
        material.known_courses[id].hours or 0 for id in named & material.known_courses.keys()
    )
    if learner.weeks is None:
        return
    if learner.hours_per_week and hours > learner.hours_per_week * learner.weeks * _TIGHT:
        text = sentence(
            "steps_hours",
            language,
            total=f"{hours:g}",
            hours=f"{learner.hours_per_week:g}",
            needed=math.ceil(hours / learner.hours_per_week),
            available=f"{learner.weeks:g}",
        )
    elif path.weeks is not None:
        text = sentence(
            "steps_tight" if path.weeks > learner.weeks * _TIGHT else "steps_fit",
            language,
            author=author_name(person.author, language),
            weeks=path.weeks,
            available=f"{learner.weeks:g}",
        )
    else:
        return
    yield Draft(text, "", (), SentenceKind.INFERENCE, Section.STEPS)


def course_title(course: Course, language: Language) -> str:
    """The title as it stands in a sentence: 《…》 in Chinese, plain in English."""
    title = course.title.text(language)
    marked = language is Language.CHINESE and not title.startswith("《")
    return f"《{title}》" if marked else title
