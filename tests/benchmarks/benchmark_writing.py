"""What the tutor adds to the time of the language model that writes its answers.

A scripted model writes supported sentences at once, or at the pace of a real one. Every sentence is
worded a little differently in every conversation, so that no check is answered from memory.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmark_collections import Collections
from benchmark_machine import resident_megabytes
from benchmark_statistics import spread
from benchmark_wordings import QUESTION, SENTENCES, numbered, variations
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from corpus.bundled_embedder import BundledEmbedder
from corpus.index import Index
from tutor.answer import Section
from tutor.events import SentenceReady
from tutor.examples import load_examples
from tutor.model.language_model import LanguageModel
from tutor.tutor import Authors, Tutor

sys.path.append(str(Path(__file__).parents[1] / "tutor"))

from scripted_model import ScriptedModel, split_words

SIMULTANEOUS = (1, 20, 200)
RATES = (0.0, 30.0)  # tokens a second; 0 is at once
_ROUNDS = {1: 8, 20: 1, 200: 1}


@dataclass(slots=True)
class _Timed:
    """When things happened in one answer, in seconds of one clock."""

    text: str
    asked: float = 0.0
    model_asked: float = 0.0
    written: list[float] = field(default_factory=list)
    out: list[float] = field(default_factory=list)
    done: float = 0.0
    lost: int = 0


# Each conversation runs in a context of its own, and so does the model's request for it.
_ANSWER: ContextVar[_Timed] = ContextVar("answer")


class _TimedModel(ScriptedModel):
    """Notes when it is asked and when each of its lines is complete."""

    async def _astream(
        self, messages: list[BaseMessage], *arguments: Any, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        timed = _ANSWER.get()
        timed.model_asked = timed.model_asked or perf_counter()
        async for chunk in super()._astream(messages, *arguments, **options):
            if "\n" in _text(chunk):
                timed.written.append(perf_counter())
            yield chunk


def _text(chunk: ChatGenerationChunk) -> str:
    assert isinstance(chunk.message, AIMessageChunk)
    return str(chunk.message.content)


def run(collections: Collections) -> list[dict[str, Any]]:
    """The figures for each pace of the model and each number of simultaneous conversations."""
    data = collections.of_size(200)
    measured = []
    for rate, simultaneous in product(RATES, SIMULTANEOUS):
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            measured.append(pool.submit(measure, data, rate, simultaneous).result())
    return measured


def measure(data: Path, rate: float, simultaneous: int) -> dict[str, Any]:
    """Milliseconds and megabytes for `simultaneous` conversations at `rate` tokens a second."""
    embedder = BundledEmbedder()
    with Index.open(data, embedder) as index, asyncio.Runner() as runner:
        model = _TimedModel(answer=_written, rate=rate, split=split_words)
        authors = Authors(LanguageModel(model, name="scripted", timeout=600))
        tutor = Tutor(index, embedder, load_examples(embedder), authors=authors)
        wordings = variations()
        runner.run(_ask(tutor, next(wordings)))
        before = resident_megabytes()
        answers: list[_Timed] = []
        for _ in range(_ROUNDS[simultaneous]):
            lines = [next(wordings) for _ in range(simultaneous)]
            answers += runner.run(_all(tutor, lines))
        grown = resident_megabytes() - before
        tutor.close()
    return {
        "rate": rate,
        "simultaneous": simultaneous,
        "before_ms": asdict(spread([a.model_asked - a.asked for a in answers], 1000)),
        "sentence_ms": asdict(spread(_delays(answers), 1000)),
        "beside_model_ms": asdict(spread([_beside(a) for a in answers], 1000)),
        "sentences_lost": sum(answer.lost for answer in answers),
        "sentences": len(answers) * len(SENTENCES),
        "mb_a_conversation": round(max(0.0, grown) / simultaneous, 2),
    }


async def _all(tutor: Tutor, texts: Sequence[str]) -> list[_Timed]:
    return await asyncio.gather(*(_ask(tutor, text) for text in texts))


async def _ask(tutor: Tutor, text: str) -> _Timed:
    timed = _Timed(text, asked=perf_counter())
    _ANSWER.set(timed)
    async for event in tutor.ask(QUESTION):
        if isinstance(event, SentenceReady) and event.sentence.section is Section.BODY:
            timed.out.append(perf_counter())
    timed.lost = len(SENTENCES) - len(timed.out)
    timed.done = perf_counter()
    return timed


def _written(messages: Sequence[BaseMessage]) -> str:
    return numbered(_ANSWER.get().text, messages)


def _delays(answers: Sequence[_Timed]) -> list[float]:
    """From the moment a sentence is complete to the moment it is out."""
    return [
        out - written
        for answer in answers
        if not answer.lost
        for written, out in zip(answer.written, answer.out, strict=False)
    ]


def _beside(answer: _Timed) -> float:
    """What the whole answer takes beside the time in which the model writes."""
    return (answer.done - answer.asked) - (answer.written[-1] - answer.model_asked)
