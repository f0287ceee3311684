"""Sources and an embedder for the tests of the index: small, made up, and quick."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.catalogue_types import ChunkedSource, Origin
from corpus.index import Index
from corpus.index_writer import IndexWriter
from corpus.terms import terms
from corpus.types import (
    Bilingual,
    Confidence,
    Course,
    CourseStatus,
    Goal,
    Kind,
    Language,
    Passage,
    Perspective,
    Position,
    ReadExtent,
    Source,
    Stance,
    Text,
    Topic,
)

ZH, EN = Language.CHINESE, Language.ENGLISH


class HashEmbedder:
    """Texts that share words lie close: each term adds a direction drawn from its hash."""

    name = "hash"

    def __init__(self, fingerprint: str = "first", dimension: int = 48) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> np.ndarray:
        return self._vector(text)

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray:
        total = np.zeros(self.dimension)
        for term in [self.fingerprint, *terms(text)]:
            seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)


def perspective(
    name: str,
    *texts: Text,
    positions: Sequence[Position] = (),
    author: str = "",
    votes: int | None = None,
    source_id: str | None = None,
) -> Perspective:
    return Perspective(
        id=source_id or f"id-{name}",
        author=author,
        platform="论坛",
        url=f"https://example.org/answer/{name}",
        question=Bilingual("先学哪个", "which first"),
        title=Bilingual("先学哪个", "which first"),
        published=None,
        votes=votes,
        language=ZH,
        read=ReadExtent.WHOLE,
        positions=tuple(positions),
        paths=(),
        resources=(),
        texts=texts,
    )


def course(name: str, *texts: Text) -> Course:
    return Course(
        id=name,
        title=Bilingual(f"课程{name}", f"Course {name}"),
        aliases=(),
        provider="某校",
        instructors=(),
        url=f"https://example.org/course/{name}",
        links=(),
        languages=(ZH,),
        level="beginner",
        directions=(),
        prerequisites=(),
        teaches=(),
        hours=None,
        hours_basis="",
        weeks=None,
        modules=(),
        cost="free",
        cost_note=Bilingual("", ""),
        status=CourseStatus.CURRENT,
        superseded_by=None,
        verified_on="2026-01-01",
        confidence=Confidence.HIGH,
        sources=(),
        unverified=(),
        summary=Bilingual("", ""),
        texts=texts,
    )


def position(stance: Stance = Stance.NEEDED, guessed: bool = False) -> Position:
    return Position(Topic.ML_BEFORE_DL, stance, (Goal.JOB,), guessed=guessed)


def own_words(body: str, language: Language = ZH) -> Text:
    return Text(language, True, body)


def restated(body: str, language: Language = ZH) -> Text:
    return Text(language, False, body)


def chunked(source: Source) -> ChunkedSource:
    """One passage a line."""
    kind = Kind.PERSPECTIVE if isinstance(source, Perspective) else Kind.COURSE
    passages = []
    for text in source.texts:
        start = 0
        for line in text.body.split("\n"):
            place = f"{source.id}/{text.language}/{text.verbatim}/{start}/{line}"
            name = hashlib.sha256(place.encode()).hexdigest()[:32]
            end = start + len(line)
            passages.append(
                Passage(name, source.id, kind, text.language, text.verbatim, start, end, line)
            )
            start = end + 1
    return ChunkedSource(source, tuple(passages))


def put(writer: IndexWriter, uri: str, *sources: Source, origin: Origin = Origin.INGESTED) -> None:
    writer.put_document(uri, "as read", origin, [chunked(source) for source in sources])


def found_texts(index: Index, query: str, kind: Kind = Kind.PERSPECTIVE) -> dict[str, set[str]]:
    """The texts of the passages that each of the two searches finds."""
    vector = HashEmbedder().embed_query(query)
    hits = {
        "dense": index.dense(vector, kind, 50),
        "lexical": index.lexical(query, kind, 50).hits,
    }
    return {
        name: {passage.text for passage in index.passages([hit.passage_id for hit in found])}
        for name, found in hits.items()
    }


def state(index: Index) -> dict[str, object]:
    """Everything that can be seen of an index, for comparing two of them."""
    passages = {}
    for kind in Kind:
        seen = index.dense(HashEmbedder().embed_query(""), kind, 500)
        for passage in index.passages([hit.passage_id for hit in seen]):
            lexical = index.lexical(passage.text, kind, 500).hits
            passages[passage] = passage.id in {hit.passage_id for hit in lexical}
    counts = index.statistics()
    with index._catalogue.database.reading() as connection:
        vectors = connection.execute("SELECT text_hash, embedder FROM vectors").fetchall()
    return {
        "documents": [(each.uri, each.fingerprint, each.origin) for each in index.documents()],
        "sources": index.sources(),
        "passages": passages,
        "vectors": sorted(vectors),
        "counts": (counts.documents, counts.sources, counts.passages, counts.shadowed),
        "pending": counts.pending,
    }


def directories(data: Path) -> list[Path]:
    """The states of the vector index that lie on the disk."""
    return sorted((data / "vectors").glob("*"))
