"""Turning a sentence that a language model wrote freely into a draft with citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.types import Language, Perspective, Source
from tutor.answer import Section, SentenceKind
from tutor.checking.evidence_windows import EvidenceFinder
from tutor.citations import CitationBook
from tutor.drafts import Draft, marks
from tutor.streaming.markdown_lines import plain
from tutor.streaming.stream_cutting import Piece, PieceKind

_MARKERS = re.compile(r"\s*((?:\[\d{1,2}\])+)")
_NUMBER = re.compile(r"\d+")
_CLAUSE_END = re.compile(r"\s*(?:[，,；;。.！!？?]|$)")
_END = re.compile(r"[。．.!！?？…;；:：][”’\"'」』）)*_]*$")
_ITEM = re.compile(r"\s*(?:- |\d+\. )")
_LEAST_CLAUSE = 10  # characters of a clause that can be checked on its own


@dataclass(frozen=True, slots=True)
class FreeSentence:
    """A model's sentence as a draft, and the clauses that are checked one by one.

    "A holds this [1], while B holds that [2]." is two clauses with a source each; a sentence with
    its markers at the end is one.
    """

    draft: Draft
    parts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    markers: tuple[int, ...]


def free_sentence(
    piece: Piece, sources: Mapping[int, Source], book: CitationBook, finder: EvidenceFinder
) -> FreeSentence:
    """`piece` citing, for each of its markers, the words of that source that come closest.

    Markers that `sources` does not know are left out.
    """
    text = piece.text
    parts = [
        _part(clause, [sources[n] for n in clause.markers if n in sources], book, finder)
        for clause in _clauses(text)
    ]
    cited = tuple(dict.fromkeys(number for part in parts for number in part.citations))
    kind = _kind([source for number, source in sources.items() if number in piece.markers])
    printed = item_mark(piece) + _joined(parts)
    claim = plain(_MARKERS.sub("", text))
    return FreeSentence(
        Draft(printed, claim, cited, kind, Section.BODY),
        tuple(replace(part, kind=kind) for part in parts if part.claim),
    )


def cited_as(piece: Piece, number: int) -> Piece:
    """`piece` with the one marker `number` at its end instead of its own."""
    text = _MARKERS.sub("", piece.text).rstrip()
    end = _END.search(text)
    head, tail = (text[: end.start()], end.group()) if end else (text, "")
    return replace(piece, text=f"{head}[{number}]{tail}", markers=(number,))


def is_sentence(piece: Piece) -> bool:
    """Whether a piece is prose that can be checked; code, headings and source lists are not."""
    return piece.kind is PieceKind.SENTENCE and bool(piece.claim)


def _clauses(text: str) -> list[_Clause]:
    """`text` cut after the markers that end a clause, where all clauses can stand alone."""
    clauses: list[_Clause] = []
    start = 0
    for match in _MARKERS.finditer(text):
        end = _CLAUSE_END.match(text, match.end())
        if end is not None:
            clauses.append(_clause(text[start : end.end()]))
            start = end.end()
    if text[start:].strip():
        clauses.append(_clause(text[start:]))
    alone = all(clause.markers and len(plain(clause.text)) >= _LEAST_CLAUSE for clause in clauses)
    return clauses if alone else [_clause(text)]


def _clause(text: str) -> _Clause:
    numbers = [int(n) for found in _MARKERS.findall(text) for n in _NUMBER.findall(found)]
    return _Clause(text, tuple(dict.fromkeys(numbers)))


def _part(
    clause: _Clause, sources: Iterable[Source], book: CitationBook, finder: EvidenceFinder
) -> Draft:
    claim = plain(_MARKERS.sub("", clause.text))
    numbers = []
    for source in sources:
        window = finder.best_window(source, claim) if claim else None
        if window is not None:
            numbers.append(book.cite_window(source, window.text, window.span, claim))
    cited = tuple(dict.fromkeys(numbers))
    text = _MARKERS.sub("", clause.text)
    marked = _marked(text, cited, book.language)
    return Draft(marked, claim, cited, SentenceKind.OPINION, Section.BODY)


def _marked(text: str, numbers: tuple[int, ...], language: Language) -> str:
    """`text` with its markers before the punctuation that ends it."""
    stripped = text.rstrip()
    end = re.search(r"[。．.!！?？…;；:：，,][”’\"'」』）)*_]*$", stripped)
    head, tail = (stripped[: end.start()], end.group()) if end else (stripped, "")
    return f"{head.rstrip()}{marks(numbers, language)}{tail}{text[len(stripped) :]}"


def _joined(parts: Sequence[Draft]) -> str:
    return "".join(part.text for part in parts).strip()


def item_mark(piece: Piece) -> str:
    """The mark of a list item; a mark of quotation would make a paraphrase look like one."""
    return piece.lead if piece.starts_block and _ITEM.match(piece.lead) else ""


def _kind(sources: Sequence[Source]) -> SentenceKind:
    if not sources:
        return SentenceKind.INFERENCE
    if any(isinstance(source, Perspective) for source in sources):
        return SentenceKind.OPINION
    return SentenceKind.FACT
