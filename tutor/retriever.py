"""The tutor's retrieval for chains of other people, as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PositiveInt, SkipValidation

from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Course, Kind, Perspective, Source
from tutor.retrieval import Candidate, retrieve


class XianhouRetriever(BaseRetriever):
    """Finds passages of people's answers and of course descriptions, the best first.

    `limit` passages at most, of the wanted `kinds`, and `per_source` of any one source, so that
    one long answer does not crowd out the others. A document's metadata holds `id`, `source_id`,
    `kind`, `title`, `author`, `platform`, `url`, `published`, `language`, `verbatim` (False where
    `page_content` is a restatement and must not be quoted as the author's words), `start` and
    `end` (code points in the stored text) and `score` (larger is better, for ordering only).

    Raises StoreError when the index cannot be read, EmbedderError when the embedder fails.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    embedder: SkipValidation[Embedder]
    limit: PositiveInt = 8
    per_source: PositiveInt = 2
    kinds: frozenset[Kind] = frozenset(Kind)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - nothing to report
    ) -> list[Document]:
        found = retrieve(self.index, self.embedder, query)
        candidates = [
            c for c in (*found.perspectives, *found.courses) if c.passage.kind in self.kinds
        ]
        candidates.sort(key=lambda candidate: -candidate.hit.score)
        return [_document(candidate) for candidate in self._spread(candidates)]

    def _spread(self, candidates: list[Candidate]) -> list[Candidate]:
        """The first `limit` of `candidates` with at most `per_source` of one source."""
        taken: dict[str, int] = {}
        kept: list[Candidate] = []
        for candidate in candidates:
            name = candidate.source.id
            taken[name] = taken.get(name, 0) + 1
            if taken[name] <= self.per_source and len(kept) < self.limit:
                kept.append(candidate)
        return kept


def _document(candidate: Candidate) -> Document:
    passage = candidate.passage
    metadata: dict[str, Any] = {
        "id": passage.id,
        "source_id": passage.source_id,
        "kind": passage.kind.value,
        "title": candidate.source.title.text(passage.language),
        "url": candidate.source.url,
        "language": passage.language.value,
        "verbatim": passage.verbatim,
        "start": passage.start,
        "end": passage.end,
        "score": candidate.hit.score,
        **_origin(candidate.source),
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)


def _origin(source: Source) -> dict[str, str | None]:
    match source:
        case Perspective(author=author, platform=platform, published=published):
            return {"author": author, "platform": platform, "published": published}
        case Course(instructors=people, provider=provider):
            return {"author": ", ".join(people), "platform": provider, "published": None}
