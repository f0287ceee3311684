"""The documents that a user names: files, directories and web addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus import catalogue_types
from corpus.catalogue_types import Origin
from ingest.document import Document
from ingest.documents import Location, find_documents, load
from ingest.inputs import Found, Input, Opened, fingerprint
from ingest.readers import read_document

Fetch = Callable[[str], Document]


def find(paths: Sequence[str], *, fetch: Fetch | None = None) -> Found:
    """The documents at `paths`, found but not opened; those below a directory that were taken in
    before and exist no longer are `gone`. Web addresses are left to `fetch` (`ingest.fetch`)."""
    directories = [Path(os.path.realpath(Path(path).expanduser())) for path in paths]
    documents = tuple(_input(location, fetch) for location in find_documents(paths))
    there = {document.uri for document in documents}
    directories = [path for path in directories if path.is_dir()]
    return Found(documents, lambda known: known.uri not in there and _is_gone(directories, known))


def _input(location: Location, fetch: Fetch | None) -> Input:
    # A file name need not be valid text; the uri of a document is.
    uri = os.fsencode(location.uri).decode(errors="backslashreplace")
    return Input(uri, uri, Origin.INGESTED, partial(_open, location, fetch))


def _open(location: Location, fetch: Fetch | None) -> Opened:
    document = load(location, fetch)
    return Opened(fingerprint(document.data), partial(read_document, document))


def _is_gone(directories: Sequence[Path], known: catalogue_types.Document) -> bool:
    path = Path(known.uri)
    if known.origin is not Origin.INGESTED or not path.is_absolute():
        return False
    if not any(path.is_relative_to(directory) for directory in directories):
        return False
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        # A directory that may not be entered today is no reason to forget what it held.
        return False
    return False
