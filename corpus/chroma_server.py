"""The vector store on a Chroma server, for several processes or machines beside it.

A server serves reads and writes at once, so changes go into the collections in place; each build
from nothing makes new collections. The server has no authentication of its own: keep it on the
loopback interface or in a private network.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from corpus.catalogue_types import EmbedderStamp
from corpus.chroma_collections import (
    ChromaReader,
    Names,
    apply,
    connected,
    fill,
    opened,
    translated,
)
from corpus.errors import StoreError, UsageError
from corpus.shelves import SHELVES, Shelf
from corpus.types import Bilingual
from corpus.vectors import Batch, Change, Manifest, VectorsDamagedError

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client
    from chromadb.api.fastapi import FastAPI

_PREFIX = "xianhou"
_DEFAULT_PORT = 8000
_SECONDS = 60.0


class ServerStore:
    """Keeps the vector index of the catalogue `owner` on the Chroma server at `url`.

    `url` is http://HOST:PORT or https://HOST:PORT; `owner` tells apart the catalogues that share
    a server. Raises UsageError for another kind of url.
    """

    def __init__(self, url: str, owner: str) -> None:
        self._url = url
        self._owner = owner
        self._tls, self._host, self._port = _address(url)

    def open(self, manifest: Manifest, *, settled: bool) -> ChromaReader:
        """Opens the collections of `manifest`; while a writer is at work their size may differ."""
        with ExitStack() as stack:
            client = stack.enter_context(self._client())
            with translated(self._trouble):
                names = self._names(manifest.location)
                collections = opened(client, names, manifest, counted=settled)
            release = stack.pop_all().close
        return ChromaReader(collections, unavailable=self._trouble, release=release)

    def build(self, embedder: EmbedderStamp, content: Mapping[Shelf, Iterable[Batch]]) -> Manifest:
        """Makes new collections out of `content`."""
        location = secrets.token_hex(8)
        with self._client() as client, translated(self._trouble):
            counts = fill(client, self._names(location), embedder, content)
        return Manifest(location, embedder, counts, {})

    def update(self, manifest: Manifest, changes: Mapping[Shelf, Change]) -> Manifest:
        """Changes the collections of `manifest` in place."""
        with self._client() as client, translated(self._trouble):
            names = self._names(manifest.location)
            counts, deleted = apply(client, names, manifest, changes)
        return Manifest(manifest.location, manifest.embedder, counts, deleted)

    def keep_only(self, locations: Iterable[str]) -> None:
        """Removes the other collections of this catalogue."""
        kept = {self._names(location)(shelf) for location in locations for shelf in SHELVES}
        with self._client() as client, translated(self._trouble):
            for collection in client.list_collections():
                name = collection.name
                if name.startswith(f"{_PREFIX}-{self._owner}-") and name not in kept:
                    client.delete_collection(name)

    def _names(self, location: str) -> Names:
        return lambda shelf: f"{_PREFIX}-{self._owner}-{location}-{shelf.name}"

    @contextmanager
    def _client(self) -> Iterator[Client]:
        from chromadb.config import Settings

        settings = Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=self._host,
            chroma_server_http_port=self._port,
            chroma_server_ssl_enabled=self._tls,
            anonymized_telemetry=False,
        )
        with ExitStack() as stack:
            with translated(self._unreachable):
                client = stack.enter_context(connected(settings))
            for session in _sessions(client):
                session.timeout = _SECONDS
                stack.callback(session.close)
            yield client

    def _trouble(self, error: Exception) -> Exception:
        from chromadb.errors import ChromaError

        if isinstance(error, ChromaError):
            return VectorsDamagedError(str(error))
        return self._unreachable(error)

    def _unreachable(self, error: Exception) -> Exception:
        return StoreError(
            Bilingual(
                zh=f"无法访问 Chroma 服务器 {self._url}（{error}）。请检查它是否在运行，"
                "或去掉这项设置以使用内置的向量库。",
                en=f"Cannot reach the Chroma server at {self._url} ({error}). "
                "Check that it is running, or unset its address to use the embedded store.",
            )
        )


def _address(url: str) -> tuple[bool, str, int]:
    try:
        parts = urlsplit(url)
        tls, host, port = parts.scheme == "https", parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise UsageError(
            Bilingual(
                zh=f"Chroma 服务器地址 {url} 无效，应形如 http://127.0.0.1:8000。",
                en=f"{url} is no address of a Chroma server; "
                "it should look like http://127.0.0.1:8000.",
            )
        )
    return tls, host, port or (443 if tls else _DEFAULT_PORT)


def _sessions(client: Client) -> list[httpx.Client]:
    # Chroma neither closes these nor limits how long it waits for an answer.
    servers = (client._server, client._admin_client._server)  # type: ignore[attr-defined]
    return [cast("FastAPI", server)._session for server in servers]
