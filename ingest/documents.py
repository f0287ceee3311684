"""Finding documents and reading their bytes: files, directories and web addresses."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError
from corpus.types import Bilingual
from corpus.urls import is_web_url
from ingest.document import Document

MAX_BYTES = 50_000_000
_MEGABYTE = 1_000_000
_EMPTY = Bilingual("是空的，没有可读的内容", "is empty; there is nothing to read")
_NO_FILE = Bilingual("不是普通文件，不能读入", "is not a regular file; leave it out")
_MISSING = Bilingual("不存在；请检查路径", "does not exist; check the path")
_CLOSED = Bilingual(
    "没有读取权限；请修改权限后再试", "may not be read; change its permissions and try again"
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a document is: `uri` is an absolute path or a web address."""

    uri: str

    @property
    def is_web(self) -> bool:
        """Whether it has to be fetched."""
        return is_web_url(self.uri)


def find_documents(paths: Iterable[str]) -> Iterator[Location]:
    """The documents at `paths`, each once: files, addresses, and all files below directories.

    Below a directory, hidden files and directories are passed over, links to directories are not
    followed, and the order is that of the names. What is missing or closed is yielded too, so
    that `load` can say why it cannot be read.
    """
    seen: set[str] = set()
    for path in paths:
        for location in [Location(path)] if is_web_url(path) else _below(Path(path)):
            if location.uri not in seen:
                seen.add(location.uri)
                yield location


def _below(path: Path) -> Iterator[Location]:
    path = Path(os.path.realpath(path.expanduser()))
    if not path.is_dir():
        yield Location(str(path))
        return
    closed: list[Location] = []

    def remember(error: OSError) -> None:
        closed.append(Location(str(error.filename)))

    for folder, folders, files in os.walk(path, onerror=remember):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            yield Location(os.path.realpath(Path(folder, name)))
    yield from closed


def load(
    location: Location,
    fetch: Callable[[str], Document] | None = None,
    max_bytes: int = MAX_BYTES,
) -> Document:
    """The document at `location`; web addresses are left to `fetch` (`ingest.fetch` by default).

    Raises `DocumentError` for what is missing, closed, no file, empty or larger than `max_bytes`;
    a file that is too large is refused before it is read.
    """
    if location.is_web:
        document = (fetch or _default_fetch())(location.uri)
    else:
        path = Path(location.uri)
        document = Document(location.uri, path.suffix.lower(), _read(path, max_bytes))
    if not document.data.strip():
        raise DocumentError(_EMPTY)
    return document


def _default_fetch() -> Callable[[str], Document]:
    from ingest.fetch import fetch

    return fetch


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            # Only a directory that could not be listed is asked for as a document.
            raise DocumentError(_CLOSED)
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(_NO_FILE)
        if status.st_size > max_bytes:
            raise _too_large(status.st_size, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError(_MISSING) from error
    except PermissionError as error:
        raise DocumentError(_CLOSED) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(
            Bilingual(
                f"读不了（{reason}）；请检查磁盘和路径",
                f"cannot be read ({reason}); check the disk and the path",
            )
        ) from error
    if len(data) > max_bytes:
        raise _too_large(len(data), max_bytes)
    return data


def _too_large(size: int, max_bytes: int) -> DocumentError:
    megabytes, limit = size / _MEGABYTE, max_bytes // _MEGABYTE
    return DocumentError(
        Bilingual(
            f"太大（{megabytes:.0f} MB，上限 {limit} MB）；请拆成几份再读入",
            f"is too large ({megabytes:.0f} MB, at most {limit} MB); split it and read the parts",
        )
    )
