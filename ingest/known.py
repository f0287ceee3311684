"""What is known already while documents come in: ids by address, and texts met before."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator

from corpus.index import Index
from corpus.types import Kind, Perspective
from ingest.deduplication import near_duplicate

_HITS = 12
_PROBES = 3
_PROBE_LENGTH = 12
_SHORTEST_TEXT = 60
_SHORTEST_SENTENCE = 8
_SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.\s")
_SIGNS = re.compile(r"[\W_]+")


class KnownPerspectives:
    """The perspectives in the index, and those just read that are not in it yet."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._groups: deque[_Group] = deque([_Group()])

    def add(self, perspective: Perspective) -> None:
        """Remembers, in the present group, a perspective that was read but is not stored yet."""
        self._groups[-1].add(perspective)

    def close_group(self) -> None:
        """Begins another group."""
        self._groups.append(_Group())

    def settle_group(self) -> None:
        """Forgets the oldest group: what was stored of it is found in the index now."""
        self._groups.popleft()

    def id_of(self, url: str) -> str | None:
        """The id of the perspective with this canonical url, or None."""
        recent = next((group.by_url[url] for group in self._groups if url in group.by_url), None)
        source = recent or self._index.source_of_url(url)
        return source.id if isinstance(source, Perspective) else None

    def twin_of(self, perspective: Perspective, uri: str) -> Perspective | None:
        """The perspective with another url that has nearly the same text, or None.

        What is known from the document at `uri` alone does not count: that document is being read
        anew. Nor do texts of less than 60 characters, which different people may well write.
        """
        for text in perspective.texts:
            if len(text.body) >= _SHORTEST_TEXT:
                for other in self._candidates(text.body, uri):
                    if other.url != perspective.url and _holds(other, text.body):
                        return other
        return None

    def _candidates(self, body: str, uri: str) -> Iterator[Perspective]:
        """Perspectives that share a whole sentence with `body`."""
        sentences = _sentences(body)
        for group in self._groups:
            yield from group.sharing(sentences)
        hits = self._index.lexical(_probe(body), Kind.PERSPECTIVE, _HITS).hits
        passages = self._index.passages([hit.passage_id for hit in hits])
        sharing = [passage for passage in passages if sentences & _sentences(passage.text)]
        for source in self._index.sources({passage.source_id for passage in sharing}):
            documents = {document.uri for document in self._index.documents(source.id)}
            if isinstance(source, Perspective) and documents != {uri}:
                yield source


class _Group:
    """Perspectives that are stored together, by url and by the sentences in them."""

    def __init__(self) -> None:
        self.by_url: dict[str, Perspective] = {}
        self._by_sentence: dict[str, Perspective] = {}

    def add(self, perspective: Perspective) -> None:
        self.by_url.setdefault(perspective.url, perspective)
        for text in perspective.texts:
            for sentence in _sentences(text.body):
                self._by_sentence.setdefault(sentence, perspective)

    def sharing(self, sentences: set[str]) -> Iterable[Perspective]:
        found = (self._by_sentence[key] for key in sentences & self._by_sentence.keys())
        return {other.url: other for other in found}.values()


def _probe(body: str) -> str:
    """Words from several places of `body`, enough to find its like among all passages."""
    step = max(len(body) // _PROBES, 1)
    starts = range(step // 2, len(body), step)
    return " ".join(body[start : start + _PROBE_LENGTH] for start in starts)


def _sentences(text: str) -> set[str]:
    """The sentences of `text`, in letters and digits only."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    keys = (_SIGNS.sub("", sentence) for sentence in _SENTENCE_END.split(plain))
    return {key for key in keys if len(key) >= _SHORTEST_SENTENCE}


def _holds(other: Perspective, body: str) -> bool:
    return any(near_duplicate(body, text.body) for text in other.texts)
