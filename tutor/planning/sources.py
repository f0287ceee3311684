"""Cites who says that a course or module is to be taken, and what its syllabus holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.claim_support import LEAST_SUPPORT, support
from corpus.types import Bilingual, Course, Perspective
from tutor.citations import CitationBook, quotable_units
from tutor.planning.recommendations import Naming, Recommendations, makes
from tutor.planning.units import Unit


@dataclass(frozen=True, slots=True)
class Cited:
    """A naming, and the number of the citation that shows it."""

    naming: Naming
    number: int


def who_recommends(
    units: Sequence[Unit], advice: Recommendations, book: CitationBook, most: int
) -> list[Cited]:
    """Who recommends these modules of one course, with quotations that name the course or restate
    the step of their study path.

    The weightiest comes first, and with them those who recommend the same in the same way; whoever
    lays out a path through the modules stands alone.
    """
    namings: dict[str, Naming] = {}
    for unit in units:
        for naming in advice.of(unit):
            if not naming.person.author or _praises_itself(naming, advice):
                continue
            best = namings.setdefault(naming.person.id, naming)
            if naming.weight > best.weight:
                namings[naming.person.id] = naming
    cited: list[Cited] = []
    for naming in sorted(namings.values(), key=_rank):
        full = len(cited) >= most or (cited and cited[0].naming.modules)
        if full or (cited and _kind(naming) != _kind(cited[0].naming)):
            continue
        number = cite_naming(naming, advice, book)
        if number is not None:
            cited.append(Cited(naming, number))
    return cited


def cite_naming(naming: Naming, advice: Recommendations, book: CitationBook) -> int | None:
    """Cite the words in which somebody names a course or a step; None where there are none."""
    if naming.text is not None and naming.modules:
        return cite_step(naming.person, naming.text, book)
    number = book.cite_mention(naming.person, advice.courses[naming.course])
    if number is None and naming.text is not None:
        return cite_step(naming.person, naming.text, book)
    return number


def cite_step(person: Perspective, text: Bilingual, book: CitationBook) -> int | None:
    """Cite the words in which somebody advises a step; None where they hardly say so."""
    said = support(text, person)
    return book.cite_claim(person, text) if said is None or said >= LEAST_SUPPORT else None


def cite_syllabus(course: Course, units: Sequence[Unit], book: CitationBook) -> int | None:
    """Cite the lines of the syllabus that list these modules, else how the course introduces
    itself."""
    titles = [unit.module.title.text(book.language) for unit in units]
    number = book.cite_course_units(course, titles[: quotable_units(titles)])
    return number if number is not None else book.cite_opening(course)


def _kind(naming: Naming) -> tuple[bool, bool, str]:
    return naming.for_goal, bool(naming.modules), naming.course


def _rank(naming: Naming) -> tuple[bool, float, str]:
    return not naming.for_goal, -naming.weight, naming.person.id


def _praises_itself(naming: Naming, advice: Recommendations) -> bool:
    """Whether somebody recommends their own course as a whole; how to go through it is theirs to
    say."""
    return not naming.modules and makes(naming.person, advice.courses[naming.course])
