"""A document on its way in: found, but read only when its turn comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from corpus.catalogue_types import Document as KnownDocument
from corpus.catalogue_types import Origin
from ingest.passages import READING_VERSION
from ingest.raw import Reading, Skipped


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose content is at hand; `read` turns it into what it holds."""

    fingerprint: str
    read: Callable[[], Reading]


@dataclass(frozen=True, slots=True)
class Input:
    """A document to take in. `name` is for the user; `open` and `Opened.read` raise DocumentError
    or SourceFileError where it cannot be read."""

    uri: str
    name: str
    origin: Origin
    open: Callable[[], Opened]


@dataclass(frozen=True, slots=True)
class Found:
    """The documents found where the user looked.

    `gone` tells of a document known from before whether it was there once and is no longer;
    `failed` and `skipped` are what could not or need not be opened.
    """

    documents: tuple[Input, ...]
    gone: Callable[[KnownDocument], bool]
    failed: tuple[Skipped, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def fingerprint(*contents: bytes) -> str:
    """What tells whether a document with this content is still the one that was read."""
    digest = hashlib.sha256(b"\0".join(contents)).hexdigest()[:32]
    return f"{digest}-{READING_VERSION}"
