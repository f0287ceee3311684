"""Writing the body of an answer with a language model, one checked sentence after the other."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass

from corpus.errors import LanguageModelError
from corpus.types import Bilingual, Language
from tutor.body_layout import BodyLayout
from tutor.checking.evidence_windows import EvidenceFinder
from tutor.checking.unprintable import Instructions
from tutor.conversation import Conversation
from tutor.coverage import left_out
from tutor.drafts import Draft
from tutor.events import Notice, SentenceReady
from tutor.examining import Assistant, Examiner
from tutor.model.types import ChatMessage
from tutor.model.usage import UsageMeter
from tutor.prompts import answer_messages
from tutor.recall import recalled
from tutor.source_cards import SourceCard, source_cards
from tutor.streaming.stream_cutting import Piece, StreamCutter
from tutor.threads import Threads
from tutor.understanding import Understanding
from tutor.writing import Writing

MOST_SENTENCES = 40  # of one body; a model that goes on is no longer read
_SOURCES_SHARE = 0.6  # of the context, for the sources
_EARLIER_SHARE = 0.15  # of the context, for the conversation so far
_ITEMS = ("- ", "1. ")
_MARKER = re.compile(r" ?\[\d{1,3}\]")
Written = SentenceReady | Notice

_FELL_BACK = Bilingual(
    zh="语言模型没有答上来（{reason}），下面由程序按来源直接编排。",
    en="The language model did not answer ({reason}); what follows is set by rules from the "
    "sources.",
)
_BROKE_OFF = Bilingual(
    zh="语言模型中途停了，缺的部分由程序按来源补上。",
    en="The language model broke off; what is missing is filled in from the sources by rules.",
)
_NOT_SUPPORTED = Bilingual(
    zh="语言模型写的句子没有一句能在来源里核实，下面由程序按来源直接编排。",
    en="No sentence of the language model could be verified in the sources; what follows is set "
    "by rules from the sources.",
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a model is asked to write about: the question as said, and what was said before."""

    understanding: Understanding
    said: str
    conversation: Conversation


class ModelWriter:
    """Writes answers with one language model; safe for many answers at a time."""

    def __init__(self, finder: EvidenceFinder, threads: Threads) -> None:
        self._finder = finder
        self._threads = threads

    async def write(
        self, writing: Writing, assignment: Assignment, assistant: Assistant
    ) -> AsyncGenerator[Written]:
        """The opening, the body as its sentences pass, what the body lacks, and the closing.

        The model reads while the opening is set. A model that fails costs the answer nothing but
        its sentences: a notice says so, and the composer takes over.
        """
        opening = await self._threads.run(writing.opening)
        cards, messages = await self._threads.run(_request, writing, opening, assignment, assistant)
        pump = _Pump(assistant.model.stream(messages, assistant.meter), assistant.meter)
        warming = asyncio.create_task(self._warm(cards, writing.material.question))
        body: list[Draft] = []
        try:
            for event in writing.page.add_all(opening):
                yield event
            instructions = await self._threads.run(Instructions, messages)
            examiner = Examiner(
                writing, cards, self._finder, assistant, self._threads, instructions
            )
            pieces = _pieces(pump)
            async with aclosing(_passed(pieces, examiner, writing.language)) as passed:
                async for draft, before in passed:
                    body.append(draft)
                    yield writing.page.add(draft, before)
        finally:
            await _stopped(warming)
            await pump.stop()
        notice = _notice(pump, body)
        if notice is not None:
            yield Notice(notice)
        for draft in await self._threads.run(_filled_in, writing, body):
            yield writing.page.add(draft)
        for event in writing.page.add_all(await self._threads.run(writing.closing)):
            yield event

    async def _warm(self, cards: Sequence[SourceCard], question: str) -> None:
        """Embed the sources while the model is still reading them."""
        for card in cards:
            await self._threads.run(self._finder.best_window, card.source, question)


def _request(
    writing: Writing, opening: Sequence[Draft], assignment: Assignment, assistant: Assistant
) -> tuple[tuple[SourceCard, ...], tuple[ChatMessage, ...]]:
    """The sources that the model gets and the messages that carry them."""
    model = assistant.model
    cards = source_cards(
        writing.material, model.count_tokens, int(model.context_tokens * _SOURCES_SHARE)
    )
    messages = answer_messages(
        _question(assignment),
        assignment.understanding.learner,
        recalled(
            assignment.conversation, model.count_tokens, int(model.context_tokens * _EARLIER_SHARE)
        ),
        _MARKER.sub("", " ".join(draft.text for draft in opening)),
        cards,
        judged=assistant.judge,
    )
    return cards, messages


def _question(assignment: Assignment) -> str:
    """The learner's own words, and what they mean where they do not stand by themselves."""
    said, asked = assignment.said, assignment.understanding.question
    return said if said == asked else f"{asked}\n({said})"


async def _passed(
    pieces: AsyncGenerator[Piece], examiner: Examiner, language: Language
) -> AsyncGenerator[tuple[Draft, str]]:
    """The drafts that may leave, each with what stands before it.

    Sentences of the model's own wait for the first that cites somebody: without one there is no
    body. What leads in to a list waits for its first item, and falls with it.
    """
    layout = BodyLayout(language)
    waiting: list[tuple[Draft, str]] = []
    cited = False
    async with aclosing(pieces):
        async for met in pieces:
            piece = layout.meet(met)
            draft = await examiner.examine(piece)
            if draft is None:
                continue
            if waiting and _leads_in(waiting[-1][0]) and not draft.text.startswith(_ITEMS):
                waiting.pop()
            cited = cited or bool(draft.citations)
            waiting.append((draft, layout.keep(piece)))
            if cited and not _leads_in(draft):
                for placed in waiting:
                    yield placed
                waiting = []


def _leads_in(draft: Draft) -> bool:
    return not draft.citations and draft.claim.rstrip().endswith((":", "："))


async def _pieces(pump: _Pump) -> AsyncGenerator[Piece]:
    """The pieces of the stream as they are complete; a sentence that broke off is left out."""
    cutter = StreamCutter()
    count = 0
    async for token in pump.tokens():
        for piece in cutter.feed(token):
            count += 1
            yield piece
        if count >= MOST_SENTENCES:
            return
    for piece in cutter.finish():
        if piece.complete or not pump.broke_off:
            yield piece


def _filled_in(writing: Writing, body: Sequence[Draft]) -> list[Draft]:
    return writing.checked(left_out(writing, body))


def _notice(pump: _Pump, body: Sequence[Draft]) -> Bilingual | None:
    failure, cited = pump.failure, any(draft.citations for draft in body)
    if failure is not None and not cited:
        return Bilingual(
            zh=_FELL_BACK.zh.format(reason=failure.message.zh.rstrip("。")),
            en=_FELL_BACK.en.format(reason=failure.message.en.rstrip(".")),
        )
    if pump.broke_off and cited:
        return _BROKE_OFF
    return None if cited else _NOT_SUPPORTED


async def _stopped(task: asyncio.Task[None]) -> None:
    """Cancel `task` and wait until it has ended."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


class _Pump:
    """Reads the model's tokens ahead, so that checking one sentence does not hold up the next."""

    def __init__(self, stream: AsyncGenerator[str], meter: UsageMeter) -> None:
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._stream = stream
        self._meter = meter
        self.failure: LanguageModelError | None = None
        self._task = asyncio.create_task(self._read())

    @property
    def broke_off(self) -> bool:
        """Whether the reply ended before its writer meant it to."""
        return self.failure is not None or self._meter.truncated

    async def tokens(self) -> AsyncGenerator[str]:
        """The tokens until the stream ends or fails."""
        while (token := await self._queue.get()) is not None:
            yield token

    async def stop(self) -> None:
        """Cancel the request if it still runs."""
        await _stopped(self._task)

    async def _read(self) -> None:
        try:
            async with aclosing(self._stream) as stream:
                async for token in stream:
                    self._queue.put_nowait(token)
        except LanguageModelError as error:
            self.failure = error
        finally:
            self._queue.put_nowait(None)
