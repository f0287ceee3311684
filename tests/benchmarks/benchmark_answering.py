"""How long a question takes in a running tutor, by the number of passages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from bare_model import BareModel
from benchmark_collections import Collections
from benchmark_machine import resident_megabytes
from benchmark_questions import sample
from benchmark_statistics import ratio, spread, take_turns
from recording_embedder import Calls, RecordingEmbedder

from corpus.bundled_embedder import BundledEmbedder
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Kind
from tutor.answer import Answer
from tutor.examples import load_examples
from tutor.retrieval import DEPTH, retrieve
from tutor.tutor import Tutor

SIZES = (200, 10_000, 100_000)
QUESTIONS = 24
ROUNDS = 2
_BOUNDS = {"query": "network", "retrieve": "query", "ask": "embedding"}


def run(collections: Collections) -> list[dict[str, Any]]:
    """The figures for each size; each is measured in a process of its own, for its memory."""
    measured = []
    for size in SIZES:
        data = collections.of_size(size)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            measured.append(pool.submit(measure, data, QUESTIONS, ROUNDS).result())
    return measured


@dataclass(frozen=True, slots=True)
class _Opened:
    """A tutor at work, and the parts of it that are measured alone."""

    index: Index
    embedder: Embedder
    recorder: RecordingEmbedder
    tutor: Tutor
    runner: asyncio.Runner
    bare: BareModel

    def ask(self, question: str) -> Answer:
        return self.runner.run(self.tutor.answer(question))


def measure(data: Path, questions: int, rounds: int) -> dict[str, Any]:
    """Milliseconds of each part, over `questions` questions, each asked `rounds` times."""
    import chromadb  # noqa: F401 - opening is timed without it

    embedder, bare = BundledEmbedder(), BareModel()
    embedder.embed_query("")
    memory = {"before": resident_megabytes()}
    recorder = RecordingEmbedder(embedder)
    start = perf_counter()
    with Index.open(data, embedder) as index, asyncio.Runner() as runner:
        opened_in = perf_counter() - start
        memory["opened"] = resident_megabytes()
        tutor = Tutor(index, recorder, load_examples(embedder))
        opened = _Opened(index, embedder, recorder, tutor, runner, bare)
        taken, stages = _asked(opened, sample(questions), rounds)
        memory["at work"] = resident_megabytes()
        passages = sum(index.statistics().passages.values())
        tutor.close()
    return {
        "passages": passages,
        "open_ms": round(1000 * opened_in),
        "memory_mb": {name: round(size) for name, size in memory.items()},
        "lanes_ms": {name: asdict(spread(each, 1000)) for name, each in taken.items()},
        "stages_ms": {name: asdict(spread(each)) for name, each in stages.items()},
        "ratios": {
            f"{lane}/{bound}": ratio(taken[lane], taken[bound]) for lane, bound in _BOUNDS.items()
        },
    }


def _asked(
    opened: _Opened, questions: list[str], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds by lane, and milliseconds by the stages that an answer tells about itself."""
    taken: dict[str, list[float]] = {}
    stages: dict[str, list[float]] = {}
    lanes = [_lanes(opened, question) for question in questions]
    for _ in range(rounds):
        for of_question in lanes:
            for name, seconds in take_turns(of_question, rounds=1).items():
                taken.setdefault(name, []).extend(seconds)
    for question in questions:
        for name, milliseconds in opened.ask(question).timings_ms.items():
            stages.setdefault(name, []).append(milliseconds)
    return taken, stages


def _lanes(opened: _Opened, question: str) -> dict[str, Callable[[], object]]:
    """What is timed for one question; asking it first warms everything up."""
    opened.recorder.calls = Calls()
    opened.ask(question)
    calls, opened.recorder.calls = opened.recorder.calls, Calls()
    index, embedder = opened.index, opened.embedder
    vector = embedder.embed_query(question)
    return {
        "network": partial(opened.bare.run, opened.bare.inputs(question)),
        "query": partial(embedder.embed_query, question),
        "dense": lambda: [index.dense(vector, kind, DEPTH[kind]) for kind in Kind],
        "lexical": lambda: [index.lexical(question, kind, DEPTH[kind]) for kind in Kind],
        "retrieve": partial(retrieve, index, embedder, question),
        "ask": partial(opened.ask, question),
        "embedding": partial(calls.replay, embedder),
    }
