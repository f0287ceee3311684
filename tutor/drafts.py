"""Sentences on their way into an answer: written, cited, not yet checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Language, Stance, Topic
from tutor.answer import Section, SentenceKind


@dataclass(frozen=True, slots=True)
class Claim:
    """One of several things that a sentence asserts, with the sources of that one."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a writer wants it printed, with what the check needs to know.

    `claim` is what the sentence asserts, without markers and mark-up; "" where it asserts nothing
    that a source could support (a question, a count of the citations it carries).
    A sentence with `parts` asserts those instead, each resting on sources of its own.
    `stance` is the side that the sentence ascribes to the persons it cites, if any. A `paragraph`
    begins with the sentence where it is told to.
    """

    text: str
    claim: str
    citations: tuple[int, ...]
    kind: SentenceKind
    section: Section
    stance: Stance | None = None
    topic: Topic | None = None
    parts: tuple[Claim, ...] = ()
    paragraph: bool = False


def own_sentence(text: str, section: Section) -> Draft:
    """A sentence of the tutor's own, which rests on no source."""
    return Draft(text, "", (), SentenceKind.INFERENCE, section)


def marks(numbers: tuple[int, ...] | list[int], language: Language) -> str:
    """The markers of `numbers`: "[1][2]" after Chinese, " [1][2]" after English words."""
    joined = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
    return f" {joined}" if joined and language is Language.ENGLISH else joined


def clause(text: str) -> str:
    """`text` without its closing full stop, so that markers can stand before one."""
    return text.rstrip().rstrip("。.；;")


def enumerated(names: Sequence[str], language: Language) -> str:
    """Names joined as a list: "a、b" in Chinese, "a, b and c" in English; a comma before the last
    "and" where a name has one of its own."""
    if language is Language.CHINESE:
        return "、".join(names)
    before, last = ", ".join(names[:-1]), "".join(names[-1:])
    if not before:
        return last
    comma = "," if any(" and " in name for name in names) else ""
    return f"{before}{comma} and {last}"


def listed(parts: list[str], language: Language) -> str:
    """Clauses joined as a list: "a，b" in Chinese, "a, b and c" in English."""
    if language is Language.CHINESE:
        return "，".join(parts)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
