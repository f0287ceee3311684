"""What a short LangChain and Chroma script does, for comparison: one collection, one query.

Same passages, same embedder, same cosine space as the tutor's index; documents and metadata lie
in Chroma and the kind of source is a `where`, as in the usual tutorials.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.types import Kind, Passage

_BATCH = 1000


class LangChainEmbeddings(Embeddings):
    """The tutor's embedder under LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return list(map(float, self._embedder.embed_query(text)))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages."""
        return [list(map(float, vector)) for vector in self._embedder.embed_passages(texts)]


class PlainChroma:
    """A persistent Chroma collection at `path`, filled once and then searched."""

    def __init__(self, path: Path, embeddings: Embeddings) -> None:
        settings = Settings(anonymized_telemetry=False)
        self._client = chromadb.PersistentClient(str(path), settings)
        self._collection = self._client.get_or_create_collection(
            "passages", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        self._embeddings = embeddings

    def add(self, passages: Iterable[tuple[Passage, NDArray[np.float32]]]) -> None:
        """Stores passages with their vectors, text and metadata."""
        waiting = iter(passages)
        while batch := list(islice(waiting, _BATCH)):
            self._collection.add(
                ids=[passage.id for passage, _ in batch],
                embeddings=np.stack([vector for _, vector in batch]),
                documents=[passage.text for passage, _ in batch],
                metadatas=[
                    {"source_id": passage.source_id, "kind": passage.kind.value}
                    for passage, _ in batch
                ],
            )

    def search(self, question: str, limit: int, kind: Kind | None = None) -> list[Document]:
        """The `limit` passages nearest to `question`, of one kind or of all."""
        found = self._collection.query(
            query_embeddings=list(self._embeddings.embed_query(question)),
            n_results=limit,
            where=None if kind is None else {"kind": kind.value},
            include=["documents", "metadatas", "distances"],
        )
        texts: Sequence[str] = (found["documents"] or [[]])[0]
        metadatas = (found["metadatas"] or [[]])[0]
        return [
            Document(page_content=text, metadata=dict(metadata))
            for text, metadata in zip(texts, metadatas, strict=True)
        ]
