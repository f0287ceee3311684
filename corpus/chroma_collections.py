"""Chroma collections, one a shelf, the same in an embedded store and on a server.

Chroma keeps ids and vectors only: everything else is in the catalogue, and a filter on metadata
would make each query some thirty times slower.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from corpus.catalogue_types import EmbedderStamp
from corpus.hits import Hit
from corpus.shelves import SHELVES, Shelf
from corpus.vectors import Batch, Change, Manifest, Vectors, VectorsDamagedError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

# Every write reaches the index files before it returns, so that a closed store holds nothing
# that opening it would have to replay.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_search": 200,
    "sync_threshold": 1,
    "batch_size": 1,
}
_MOST_IDS = 5000

Collections = dict[Shelf, "Collection"]
Names = Callable[[Shelf], str]


class ChromaReader:
    """The collections of one state that are not empty, for searching.

    `unavailable` turns what Chroma raises into the error that the index expects; `release` gives
    back whatever the collections hold.
    """

    def __init__(
        self,
        collections: Collections,
        *,
        unavailable: Callable[[Exception], Exception],
        release: Callable[[], None],
    ) -> None:
        self._collections = collections
        self._unavailable = unavailable
        self._release = release

    def query(self, shelf: Shelf, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` nearest passages of `shelf`, best first; `score` is the cosine."""
        collection = self._collections.get(shelf)
        if collection is None or limit < 1:
            return []
        with translated(self._unavailable):
            found = collection.query(
                query_embeddings=np.asarray(vector, np.float32)[np.newaxis],
                n_results=limit,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [
            Hit(passage_id, 1.0 - distance)
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def close(self) -> None:
        """Gives back memory and files."""
        self._collections = {}
        self._release()


# Chroma keeps a table of open clients that it does not guard against threads.
_clients = threading.Lock()


@contextmanager
def connected(settings: Settings) -> Iterator[Client]:
    """A client made with `settings`; it is closed, with all its files, after the block."""
    from chromadb.api.client import Client

    with _clients:
        client = Client(settings=settings)
    try:
        yield client
    finally:
        with _clients:
            client.close()


@contextmanager
def translated(to: Callable[[Exception], Exception]) -> Iterator[None]:
    """Raises what `to` makes of an error of Chroma or of the connection to it."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    # A client that cannot start reports whatever went wrong as a ValueError.
    except (ChromaError, httpx.HTTPError, ValueError, RuntimeError) as error:
        raise to(error) from error


def fill(
    client: ClientAPI,
    names: Names,
    embedder: EmbedderStamp,
    content: Mapping[Shelf, Iterable[Batch]],
) -> dict[str, int]:
    """Makes a collection for each shelf, with `content`; how many vectors each then holds."""
    counts = {}
    for shelf in SHELVES:
        collection = client.create_collection(
            names(shelf),
            configuration={"hnsw": _HNSW},
            metadata={
                "embedder": embedder.name,
                "dimension": embedder.dimension,
                "fingerprint": embedder.fingerprint,
            },
            embedding_function=None,
        )
        counts[shelf.name] = _add(collection, content.get(shelf, ()))
    return counts


def apply(
    client: ClientAPI, names: Names, manifest: Manifest, changes: Mapping[Shelf, Change]
) -> tuple[dict[str, int], dict[str, int]]:
    """Applies `changes`; how many vectors each collection then holds, and how many it ever lost.

    Doing so twice comes to the same as doing it once.
    """
    counts, deleted = dict(manifest.counts), dict(manifest.deleted)
    for shelf, change in changes.items():
        collection = client.get_collection(names(shelf), embedding_function=None)
        for start in range(0, len(change.remove), _MOST_IDS):
            ids = list(change.remove[start : start + _MOST_IDS])
            if present := collection.get(ids=ids, include=[])["ids"]:
                collection.delete(ids=present)
                deleted[shelf.name] = deleted.get(shelf.name, 0) + len(present)
        _add(collection, change.add)
        counts[shelf.name] = collection.count()
    return counts, deleted


def opened(client: ClientAPI, names: Names, manifest: Manifest, *, counted: bool) -> Collections:
    """The collections that `manifest` describes, without the empty ones.

    Raises VectorsDamagedError where they are of another embedder or, if `counted`, hold another
    number of vectors.
    """
    collections: Collections = {}
    for shelf in SHELVES:
        count = manifest.counts.get(shelf.name, 0)
        if not count:
            continue
        collection = client.get_collection(names(shelf), embedding_function=None)
        if (collection.metadata or {}).get("fingerprint") != manifest.embedder.fingerprint:
            raise VectorsDamagedError(f"collection {collection.name} is of another embedder")
        if counted and (found := collection.count()) != count:
            raise VectorsDamagedError(f"collection {collection.name} holds {found}, not {count}")
        collections[shelf] = collection
    return collections


def _add(collection: Collection, batches: Iterable[Batch]) -> int:
    count = 0
    for batch in batches:
        collection.add(ids=list(batch.ids), embeddings=batch.vectors)
        count += len(batch.ids)
    return count
