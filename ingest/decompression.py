"""Undoing the compression of a response without letting a small body become a huge one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from corpus.errors import DocumentError
from corpus.types import Bilingual

ACCEPTED = "gzip, deflate"
_STEP = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = Bilingual(
    "传来的压缩数据无法解开；请另存网页后读入文件",
    "arrives damaged; save the page and read the file",
)


def decompressed(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content of `chunks` in pieces of at most 64 KB; `encoding` is the Content-Encoding.

    The caller counts the pieces and stops; chunks that give no piece are for whoever makes them to
    count. What follows the end of the compressed data is not asked for. Raises `DocumentError` for
    damaged data and for any encoding that was not asked for.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise DocumentError(_BROKEN)
    decoder = None
    try:
        for chunk in chunks:
            if decoder is None:
                decoder = zlib.decompressobj(_window(encoding, chunk))
            yield from _pieces(decoder, chunk)
            if decoder.eof:
                return
    except zlib.error as error:
        raise DocumentError(_BROKEN) from error
    if decoder is not None:
        raise DocumentError(_BROKEN)


def _pieces(decoder: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    while chunk and not decoder.eof:
        piece = decoder.decompress(chunk, _STEP)
        if piece:
            yield piece
        chunk = decoder.unconsumed_tail


def _window(encoding: str, first: bytes) -> int:
    """The form of the data: "deflate" is sent with and without its zlib header."""
    if encoding != "deflate":
        return _GZIP
    has_header = first[:1] == b"\x78"
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
