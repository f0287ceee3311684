"""What becomes of a sentence that a language model wrote: out, moved, repaired, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from corpus.course_names import find_courses
from corpus.errors import LanguageModelError
from corpus.types import Course
from tutor.answer import Section, SentenceKind
from tutor.check import Problem, Verdict
from tutor.drafts import Draft
from tutor.evidence_windows import EvidenceFinder
from tutor.free_sentences import cited_as, free_sentence, is_sentence
from tutor.language_model import LanguageModel
from tutor.model_usage import UsageMeter
from tutor.prompts import judge_messages, repair_messages
from tutor.source_cards import SourceCard
from tutor.stated import people_of
from tutor.stream_cutting import Piece, PieceKind, StreamCutter
from tutor.threads import Threads
from tutor.unprintable import Instructions, unprintable
from tutor.writing import Writing

MOST_REPAIRS = 3
MOST_UNCITED = 2  # sentences without a source that may stand beside as many as cite one
_REPAIR_TOKENS = 200
_MARKUP = (PieceKind.CODE, PieceKind.TABLE_ROW)


class Support(BaseModel):
    """A judge's reply."""

    supported: bool


@dataclass(frozen=True, slots=True)
class Assistant:
    """The language model with the meter of one answer; `judge` asks it about every sentence."""

    model: LanguageModel
    meter: UsageMeter
    judge: bool


class Examiner:
    """Examines the sentences of one answer, one after the other."""

    def __init__(
        self,
        writing: Writing,
        cards: Sequence[SourceCard],
        finder: EvidenceFinder,
        assistant: Assistant,
        threads: Threads,
        instructions: Instructions,
    ) -> None:
        self._writing = writing
        self._cards = {card.number: card for card in cards}
        self._sources = {card.number: card.source for card in cards}
        self._checker = writing.free_checker(
            "\n".join([writing.material.question, *(card.text for card in cards)])
        )
        self._finder = finder
        self._assistant = assistant
        self._threads = threads
        self._instructions = instructions
        self._repairs_left = MOST_REPAIRS
        self._cited = 0
        self._uncited = 0

    async def examine(self, piece: Piece) -> Draft | None:
        """The draft to print for `piece`, or None; what is dropped is noted in the writing."""
        if piece.kind in _MARKUP:
            self._drop(_as_written(piece), Verdict((Problem.MARKUP,), None))
        if not is_sentence(piece):
            return None
        if forbidden := unprintable(piece, self._writing.language, self._instructions):
            self._drop(_as_written(piece), Verdict(tuple(forbidden), None))
            return None
        draft, verdict = await self._threads.run(self._check, piece)
        mended = None
        if not verdict.supported:
            mended = await self._moved(piece, draft) or await self._repaired(piece, verdict)
            if mended is None:
                self._drop(draft, verdict)
                return None
            draft = mended
        if not await self._may_leave(draft):
            self._drop(draft, Verdict((Problem.NO_SOURCE,), verdict.closeness))
            return None
        self._writing.repaired += mended is not None
        self._cited += bool(draft.citations)
        self._uncited += not draft.citations
        return draft

    def _check(self, piece: Piece) -> tuple[Draft, Verdict]:
        """The draft for `piece` and what is wrong with any of its clauses."""
        free = free_sentence(piece, self._sources, self._writing.book, self._finder)
        verdicts = self._checker.check(free.parts)
        phantom = any(number not in self._sources for number in piece.markers)
        problems = [problem for verdict in verdicts for problem in verdict.problems]
        found = [Problem.MARKER, *problems] if phantom else problems
        closeness = min((v.closeness for v in verdicts if v.closeness is not None), default=None)
        return free.draft, Verdict(tuple(dict.fromkeys(found)), closeness)

    async def _may_leave(self, draft: Draft) -> bool:
        """Whether a supported draft is not one sentence of the model's own too many, and passes
        its judge, if there is one."""
        if not draft.citations:
            return self._uncited < self._cited + MOST_UNCITED
        return not self._assistant.judge or await self._judged(draft)

    def _drop(self, draft: Draft, verdict: Verdict) -> None:
        self._writing.verdicts.append((draft, verdict))

    async def _moved(self, piece: Piece, draft: Draft) -> Draft | None:
        """The same sentence under the number of another given source that supports it.

        Only a source that the sentence names: a view without a name belongs to nobody else.
        """
        others = [
            card
            for card in self._cards.values()
            if card.number not in piece.markers and _names(piece.claim, card)
        ]
        supporting = self._checker.supporting
        source = await self._threads.run(supporting, draft.claim, [card.source for card in others])
        number = next((card.number for card in others if card.source is source), None)
        if number is None:
            return None
        moved, verdict = await self._threads.run(self._check, cited_as(piece, number))
        return moved if verdict.supported else None

    async def _repaired(self, piece: Piece, verdict: Verdict) -> Draft | None:
        """The sentence as the model corrects it from its own sources, if that passes."""
        cards = [self._cards[number] for number in piece.markers if number in self._cards]
        if not cards or not self._repairs_left:
            return None
        self._repairs_left -= 1
        problem = "; ".join(each.value for each in verdict.problems)
        messages = repair_messages(piece.text, problem, cards, self._writing.language)
        model, meter = self._assistant.model, self._assistant.meter
        try:
            reply = await model.text(messages, meter, max_tokens=_REPAIR_TOKENS)
        except LanguageModelError:
            self._repairs_left = 0
            return None
        corrected = _first_sentence(reply)
        if corrected is None or unprintable(corrected, self._writing.language, self._instructions):
            return None
        if not set(corrected.markers) & {card.number for card in cards}:
            return None
        corrected = replace(corrected, lead=piece.lead, starts_block=piece.starts_block)
        repaired, found = await self._threads.run(self._check, corrected)
        return repaired if found.supported else None

    async def _judged(self, draft: Draft) -> bool:
        """Whether the model, asked as a judge, finds the sentence supported. A reply that cannot
        be read is a no; a judge that cannot be reached leaves it at the check by rules."""
        ids = {self._writing.book.citations[n - 1].source_id for n in draft.citations}
        cards = [card for card in self._cards.values() if card.source.id in ids]
        messages = judge_messages(draft.claim, cards, self._writing.language)
        try:
            reply = await self._assistant.model.structured(messages, Support, self._assistant.meter)
        except LanguageModelError:
            return True
        return reply is not None and reply.supported


def _names(claim: str, card: SourceCard) -> bool:
    """Whether `claim` names the author of a card, or its course."""
    folded = claim.casefold()
    if isinstance(card.source, Course) and find_courses(claim, [card.source]):
        return True
    return any(name.casefold() in folded for name in people_of(card.source))


def _as_written(piece: Piece) -> Draft:
    return Draft(piece.text, piece.claim, (), SentenceKind.INFERENCE, Section.BODY)


def _first_sentence(reply: str) -> Piece | None:
    cutter = StreamCutter()
    pieces = [*cutter.feed(reply), *cutter.finish()]
    return next((piece for piece in pieces if is_sentence(piece)), None)
