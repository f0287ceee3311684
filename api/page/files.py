"""The files of the web page, read once, each with its type, its tag and a compressed copy."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

INDEX: Final = "index.html"
_DIRECTORY: Final = Path(__file__).parent / "static"
_MODULES: Final = "<!-- modules -->"
_MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    "": "text/plain; charset=utf-8",  # licences
    ".md": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file as it is served; `tag` changes with its content."""

    body: bytes
    compressed: bytes
    media_type: str
    tag: str


def page_files() -> Mapping[str, PageFile]:
    """Every file of the page under its name ("js/main.js")."""
    bodies = {
        file.relative_to(_DIRECTORY).as_posix(): file.read_bytes()
        for file in sorted(_DIRECTORY.rglob("*"))
        if file.is_file()
    }
    bodies[INDEX] = _with_modules_announced(bodies[INDEX], bodies)
    return MappingProxyType({name: _page_file(name, body) for name, body in bodies.items()})


def _with_modules_announced(index: bytes, bodies: Mapping[str, bytes]) -> bytes:
    """The index naming all scripts, so that a browser fetches them at once, not one by one."""
    scripts = [name for name in bodies if Path(name).suffix in {".js", ".mjs"}]
    links = "\n".join(f'  <link rel="modulepreload" href="/static/{name}">' for name in scripts)
    return index.replace(_MODULES.encode(), links.encode())


def _page_file(name: str, body: bytes) -> PageFile:
    return PageFile(
        body=body,
        compressed=gzip.compress(body, mtime=0),
        media_type=_MEDIA_TYPES[Path(name).suffix],
        tag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    )
