"""On sources in two languages, the fused ranking is as good as the better of its two lists."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evaluation_questions import Half, Scope, load_questions

from corpus.bundled_embedder import BundledEmbedder
from corpus.catalogue_changes import texts_to_embed
from corpus.catalogue_types import Origin
from corpus.course_files import load_courses
from corpus.fusion import fuse
from corpus.index import Index
from corpus.perspective_files import load_perspectives
from corpus.types import Kind, Language, Source
from ingest.passages import passages_of

PERSPECTIVES = load_perspectives()
COURSES = load_courses()
TOLERANCE = 0.01
DEPTH = 60
LISTS = ("dense", "lexical", "fused")

Query = tuple[str, Kind, frozenset[str]]


def queries() -> list[Query]:
    """Each stated view in both languages asks for who holds it; questions for their sources."""
    views = [
        (text, Kind.PERSPECTIVE, frozenset([source.id]))
        for source in PERSPECTIVES
        for position in source.positions
        if position.says is not None
        for text in (position.says.zh, position.says.en)
    ]
    ids = {
        Kind.PERSPECTIVE: {source.id for source in PERSPECTIVES},
        Kind.COURSE: {source.id for source in COURSES},
    }
    asked = [
        (question.text, kind, question.required & ids[kind])
        for question in load_questions()
        if question.half is Half.TUNE and question.scope is Scope.IN
        for kind in Kind
    ]
    return views + [query for query in asked if query[2]]


def in_one_language(source: Source, place: int) -> Source:
    """Half of the sources in Chinese only, the other half in English only."""
    kept = list(Language)[place % 2]
    return replace(source, texts=tuple(text for text in source.texts if text.language is kept))


SOURCES = {
    "mixed": [in_one_language(each, place) for place, each in enumerate((*PERSPECTIVES, *COURSES))],
    "both languages": [*PERSPECTIVES, *COURSES],
}


def ndcg(ranked: Sequence[str], wanted: frozenset[str]) -> float:
    """Normalised discounted cumulative gain at 10 (Järvelin and Kekäläinen, 2002), in [0, 1]."""
    first_ten = list(dict.fromkeys(ranked))[:10]
    gain = sum(1 / math.log2(place + 2) for place, each in enumerate(first_ten) if each in wanted)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))


def test_fusion_loses_nothing_against_its_better_list(tmp_path: Path) -> None:
    embedder = BundledEmbedder()
    questions = {text: embedder.embed_query(text) for text, _, _ in queries()}
    texts = texts_to_embed([passages_of(source) for source in SOURCES["both languages"]])
    vectors = dict(zip(texts, embedder.embed_passages([*texts.values()]), strict=True))
    for name, sources in SOURCES.items():
        scores: dict[str, list[float]] = {each: [] for each in LISTS}
        with Index.open(tmp_path / name, embedder) as index:
            with index.writer() as writer:
                found = [passages_of(source) for source in sources]
                writer.put_document("all", "", Origin.BUNDLED, found, vectors)
            for text, kind, wanted in queries():
                dense = index.dense(questions[text], kind, DEPTH)
                lexical = index.lexical(text, kind, DEPTH)
                fused = fuse(dense, lexical.hits, lexical.coverage)
                for each, hits in zip(LISTS, (dense, lexical.hits, fused), strict=True):
                    passages = index.passages([hit.passage_id for hit in hits])
                    scores[each].append(ndcg([passage.source_id for passage in passages], wanted))
        means = {each: sum(values) / len(values) for each, values in scores.items()}
        print(name, {each: round(mean, 3) for each, mean in means.items()})
        assert means["fused"] >= max(means["dense"], means["lexical"]) - TOLERANCE, (name, means)
