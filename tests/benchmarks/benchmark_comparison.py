"""The tutor's retrieval beside a short LangChain and Chroma script on the same passages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmark_collections import Collections
from benchmark_questions import answerable_questions, sample
from benchmark_statistics import ratio, spread, take_turns
from langchain_core.documents import Document
from numpy.typing import NDArray
from plain_chroma import LangChainEmbeddings, PlainChroma

from corpus.bundled_embedder import BundledEmbedder
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Kind, Language, Passage
from tutor.retriever import XianhouRetriever

if TYPE_CHECKING:
    from evaluation_questions import Question

SIZES = (200, 10_000)
QUESTIONS = 24
ROUNDS = 3
LIMIT = 8

Search = Callable[[str], list[Document]]


def run(collections: Collections, scratch: Path) -> dict[str, Any]:
    """Times at each size, and over the bundled sources how good what is found is."""
    times = []
    quality: list[dict[str, Any]] = []
    embedder = BundledEmbedder()
    for size in SIZES:
        plain = PlainChroma(scratch / f"plain-{size}", LangChainEmbeddings(embedder))
        with Index.open(collections.of_size(size), embedder) as index:
            plain.add(_everything(index))
            searches = _Searches(index, embedder, plain)
            quality = quality or _quality(searches)
            times.append({"passages": sum(index.statistics().passages.values())} | _times(searches))
    return {"limit": LIMIT, "times": times, "quality": quality}


class _Searches:
    """The rivals, for sources of one kind or of all."""

    def __init__(self, index: Index, embedder: Embedder, plain: PlainChroma) -> None:
        self._index = index
        self._embedder = embedder
        self._plain = plain

    def plain(self, kind: Kind | None) -> Search:
        return partial(self._plain.search, limit=LIMIT, kind=kind)

    def ours(self, kind: Kind | None) -> Search:
        kinds = frozenset(Kind) if kind is None else frozenset([kind])
        retriever = XianhouRetriever(
            index=self._index, embedder=self._embedder, limit=LIMIT, kinds=kinds
        )
        return retriever.invoke


def _everything(index: Index) -> Iterator[tuple[Passage, NDArray[np.float32]]]:
    for document in index.documents():
        passages = index.passages(sorted(index.passage_ids(document.uri)))
        if passages:
            yield from zip(passages, index.vectors([each.id for each in passages]), strict=True)


def _times(searches: _Searches) -> dict[str, Any]:
    lanes = {
        "plain": searches.plain(None),
        "plain, one kind": searches.plain(Kind.PERSPECTIVE),
        "ours": searches.ours(None),
        "ours, one kind": searches.ours(Kind.PERSPECTIVE),
    }
    taken: dict[str, list[float]] = {name: [] for name in lanes}
    for question in sample(QUESTIONS):
        asked = {name: partial(search, question) for name, search in lanes.items()}
        take_turns(asked, rounds=1)
        for name, seconds in take_turns(asked, ROUNDS).items():
            taken[name].extend(seconds)
    return {
        "lanes_ms": {name: asdict(spread(each, 1000)) for name, each in taken.items()},
        "ratios": {
            "all kinds": ratio(taken["ours"], taken["plain"]),
            "one kind": ratio(taken["ours, one kind"], taken["plain, one kind"]),
        },
    }


def _quality(searches: _Searches) -> list[dict[str, Any]]:
    """One row for each rival, language, and whether the kind of source is told."""
    return [
        {"language": str(language), "kind told": told, "rival": rival}
        | _figures([each for each in answerable_questions() if each.language is language], chosen)
        for language in Language
        for told in (False, True)
        for rival, search in (("plain", searches.plain), ("ours", searches.ours))
        for chosen in [_by_kind(search) if told else _whatever(search)]
    ]


def _by_kind(search: Callable[[Kind | None], Search]) -> Callable[[Question], list[Document]]:
    """Searches courses for questions about courses, and people's answers for all others."""
    about = {kind: search(kind) for kind in Kind}

    def find(question: Question) -> list[Document]:
        kind = Kind.COURSE if question.kind == Kind.COURSE.value else Kind.PERSPECTIVE
        return about[kind](question.text)

    return find


def _whatever(search: Callable[[Kind | None], Search]) -> Callable[[Question], list[Document]]:
    whole = search(None)
    return lambda question: whole(question.text)


def _figures(
    questions: Sequence[Question], search: Callable[[Question], list[Document]]
) -> dict[str, float]:
    judged = [(question.required, _source_ids(search(question))) for question in questions]
    return {
        "questions": len(judged),
        "ndcg": round(mean(ndcg(ranked, required) for required, ranked in judged), 3),
        "first": round(mean(bool(required & set(ranked[:1])) for required, ranked in judged), 3),
        "hit": round(mean(bool(required & set(ranked)) for required, ranked in judged), 3),
        "sources": round(mean(len(ranked) for _, ranked in judged), 1),
    }


def _source_ids(documents: list[Document]) -> list[str]:
    """The sources found, each once, in the order of their best passages."""
    return list(dict.fromkeys(document.metadata["source_id"] for document in documents))


def ndcg(ranked: Sequence[str], relevant: frozenset[str], depth: int = LIMIT) -> float:
    """nDCG with binary relevance (Järvelin and Kekäläinen 2002), in [0, 1]."""
    gain = sum(
        1 / math.log2(place + 2) for place, each in enumerate(ranked[:depth]) if each in relevant
    )
    ideal = sum(1 / math.log2(place + 2) for place in range(min(depth, len(relevant))))
    return gain / ideal if ideal else 0.0
