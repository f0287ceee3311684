"""One person's view as a line of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Goal, Language, Perspective, Stance
from tutor.answer import Citation, Section, SentenceKind
from tutor.citations import CitationBook
from tutor.drafts import Draft, clause, enumerated, marks
from tutor.phrases import author_name, goal_name, platform_name, sentence
from tutor.selection import View

_MARKER_LIKE = re.compile(r"\[(\d{1,3})\]")


def view_line(
    view: View, number: int, goals: Sequence[Goal], book: CitationBook, section: Section
) -> Draft:
    """A view, restated where somebody restated it, else quoted; `goals` for which it was said."""
    language, person, position = book.language, view.perspective, view.position
    if position.says is None:
        citation = book.citations[number - 1]
        return quoted_voice(
            person, citation, language, section, position.stance, guessed=position.guessed
        )
    says = without_markers(clause(position.says.text(language)))
    text = sentence(
        "voice_other_goal" if goals else "voice",
        language,
        author=author_name(person.author, language),
        platform=platform_name(person.platform).text(language),
        goal=enumerated([goal_name(goal).text(language) for goal in goals], language),
        says=says,
        marks=marks((number,), language),
    )
    return Draft(text, says, (number,), SentenceKind.OPINION, section, position.stance)


def quoted_voice(
    person: Perspective,
    citation: Citation,
    language: Language,
    section: Section,
    stance: Stance | None = None,
    *,
    guessed: bool = False,
) -> Draft:
    """A view that nobody has restated, as a line in the stored words themselves: a quotation
    where they are the person's own."""
    text = sentence(
        "voice_quoted" if citation.verbatim else "voice_retold",
        language,
        author=author_name(person.author, language),
        platform=platform_name(person.platform).text(language),
        quote=without_markers(" ".join(citation.quote.split())),
        marks=marks((citation.number,), language),
    )
    if guessed:
        text += sentence("voice_guessed", language)
    return Draft(text, citation.quote, (citation.number,), SentenceKind.OPINION, section, stance)


def without_markers(words: str) -> str:
    """`words` with what looks like one of our markers in full-width brackets."""
    return _MARKER_LIKE.sub(r"［\1］", words)
