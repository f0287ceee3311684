"""What becomes of a sentence that a language model wrote: out, moved, repaired, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from corpus.course_names import find_courses
from corpus.errors import LanguageModelError
from corpus.types import Course, Source
from tutor.answer import Section, SentenceKind
from tutor.checking.check import Problem, Verdict
from tutor.checking.evidence_windows import EvidenceFinder
from tutor.checking.near_copies import keeps_wording, turns_wording
from tutor.checking.stated import people_of, said_for, worded
from tutor.checking.unprintable import Instructions, unprintable
from tutor.drafts import Draft
from tutor.free_sentences import cited_as, free_sentence, is_sentence, item_mark
from tutor.model.language_model import LanguageModel
from tutor.model.usage import UsageMeter
from tutor.prompts import judge_messages, repair_messages
from tutor.source_cards import SourceCard
from tutor.stored_wording import StoredWording
from tutor.streaming.stream_cutting import Piece, PieceKind, StreamCutter
from tutor.threads import Threads
from tutor.writing import Writing

MOST_REPAIRS = 3
MOST_UNCITED = 2  # sentences without a source that may stand beside as many as cite one
_REPAIR_TOKENS = 200
# What rules suspect and whole clauses of the source, word for word, disprove.
_SETTLED_BY_WORDING = {Problem.CONTRARY, Problem.MEANING}
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


@dataclass(frozen=True, slots=True)
class Examined:
    """A sentence as a draft, what the check found, and whether it keeps its source's wording, or
    nearly keeps it and turns it."""

    draft: Draft
    verdict: Verdict
    keeps_wording: bool
    turns_wording: bool


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
        self._stored = StoredWording(
            writing.book, writing.embedder, finder, writing.material.learner.goal
        )
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
        examined = await self._threads.run(self._check, piece)
        if not piece.markers and examined.verdict.supported:
            return self._own(examined)
        return await self._on_sources(piece, examined)

    def _own(self, examined: Examined) -> Draft | None:
        """A sentence of the model's own, unless there have been too many beside those cited."""
        if self._uncited >= self._cited + MOST_UNCITED:
            self._drop(examined.draft, Verdict((Problem.NO_SOURCE,), None))
            return None
        self._uncited += 1
        return examined.draft

    async def _on_sources(self, piece: Piece, examined: Examined) -> Draft | None:
        """A sentence on its sources: as it is, moved, repaired, or else in stored words."""
        draft: Draft | None = examined.draft
        if not await self._is_verified(examined):
            draft = await self._moved(piece) or await self._repaired(piece, examined.verdict)
            self._writing.repaired += draft is not None
        if draft is None:
            draft = await self._threads.run(self._in_stored_words, self._named(piece))
            self._writing.reworded += draft is not None
        elif self._stored.told(draft.claim):
            draft = None
        if draft is None:
            problems = examined.verdict.problems or (Problem.UNSUPPORTED,)
            self._drop(examined.draft, replace(examined.verdict, problems=problems))
            return None
        self._cited += 1
        return draft

    async def _is_verified(self, examined: Examined) -> bool:
        """Whether a sentence is as the source words it, or nothing speaks against it and a judge
        finds it supported where one is asked."""
        if not examined.draft.citations:
            return False
        if examined.keeps_wording and set(examined.verdict.problems) <= _SETTLED_BY_WORDING:
            return True
        if not self._assistant.judge or not examined.verdict.supported or examined.turns_wording:
            return False
        return await self._judged(examined.draft)

    def _check(self, piece: Piece) -> Examined:
        """The draft for `piece` and what is wrong with any of its clauses."""
        free = free_sentence(piece, self._sources, self._writing.book, self._finder)
        verdicts = self._checker.check(free.parts)
        phantom = any(number not in self._sources for number in piece.markers)
        problems = [problem for verdict in verdicts for problem in verdict.problems]
        found = [Problem.MARKER, *problems] if phantom else problems
        closeness = min((v.closeness for v in verdicts if v.closeness is not None), default=None)
        verdict = Verdict(tuple(dict.fromkeys(found)), closeness)
        return Examined(
            free.draft,
            verdict,
            all(map(self._keeps_wording, free.parts)),
            any(map(self._turns_wording, free.parts)),
        )

    def _keeps_wording(self, part: Draft) -> bool:
        """Whether one of the sources that a clause cites has it in these words."""
        goal = self._writing.material.learner.goal
        return any(
            keeps_wording(part.claim, said_for(source, goal), people_of(source))
            for source in self._cited_by(part)
        )

    def _turns_wording(self, part: Draft) -> bool:
        return any(
            turns_wording(part.claim, worded(source), people_of(source))
            for source in self._cited_by(part)
        )

    def _cited_by(self, part: Draft) -> list[Source]:
        citations = self._writing.book.citations
        return [self._writing.sources[citations[n - 1].source_id] for n in part.citations]

    def _drop(self, draft: Draft, verdict: Verdict) -> None:
        self._writing.verdicts.append((draft, verdict))

    def _in_stored_words(self, piece: Piece) -> Draft | None:
        """What the first source of `piece` that has anything left to say says of the matter."""
        for number in piece.markers:
            if number in self._sources:
                stored = self._stored.instead_of(piece.claim, self._sources[number])
                if stored is not None and self._writing.checker.check([stored])[0].supported:
                    return replace(stored, text=item_mark(piece) + stored.text)
        return None

    def _named(self, piece: Piece) -> Piece:
        """`piece` under the number of the source that it names, if it cites another or none.

        A view without a name is nobody's but the one's whose number it bears.
        """
        named = [card.number for card in self._cards.values() if _names(piece.claim, card)]
        if not named or set(named) & set(piece.markers):
            return piece
        return cited_as(piece, named[0])

    async def _moved(self, piece: Piece) -> Draft | None:
        """The same sentence under the number of the source that it names, if that supports it."""
        named = self._named(piece)
        if named is piece:
            return None
        moved = await self._threads.run(self._check, named)
        return moved.draft if await self._is_verified(moved) else None

    async def _repaired(self, piece: Piece, verdict: Verdict) -> Draft | None:
        """The sentence as the model corrects it from its own sources, if that passes.

        Without a judge nothing but the wording of a source could pass, which needs no model.
        """
        cards = [self._cards[number] for number in piece.markers if number in self._cards]
        if not self._assistant.judge or not cards or not self._repairs_left:
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
        repaired = await self._threads.run(self._check, corrected)
        return repaired.draft if await self._is_verified(repaired) else None

    async def _judged(self, draft: Draft) -> bool:
        """Whether the model, asked as a judge, finds the sentence supported. A reply that cannot
        be read is a no, and so is none."""
        ids = {self._writing.book.citations[n - 1].source_id for n in draft.citations}
        cards = [card for card in self._cards.values() if card.source.id in ids]
        messages = judge_messages(draft.claim, cards, self._writing.language)
        try:
            reply = await self._assistant.model.structured(messages, Support, self._assistant.meter)
        except LanguageModelError:
            return False
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
