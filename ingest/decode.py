"""From bytes to text, with the encodings of Chinese pages first."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from corpus.errors import DocumentError
from corpus.types import Bilingual

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_DECLARATION_BYTES = 2048
_SAMPLE_BYTES = 200_000
_COMMON_SHARE = 0.75
_TORN_SHARE = 0.002
_STRANGE_SHARE = 0.02
_LONGEST_CHARACTER = 4
_ASCII = 0x7F
_FEW = 0.1
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff]")

BINARY = Bilingual(
    "不是文本文件；请另存为文本、Markdown、HTML 或 PDF 再读入",
    "is not a text file; save it as text, Markdown, HTML or PDF and read that",
)
UNDECODABLE = Bilingual(
    "认不出文字编码；请用编辑器另存为 UTF-8 再读入",
    "its character encoding is not recognised; save it as UTF-8 in an editor and read that",
)


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`, whose encoding may be `declared` by the server it came from.

    Tried in this order: a byte-order mark, UTF-8, UTF-16 without a mark, what the document or the
    server declares, GB18030 against Big5 by how common the resulting characters are, and then
    what charset-normalizer finds. A character cut off at the end is dropped, and a few torn
    characters in a long UTF-8 text become U+FFFD. Raises `DocumentError` for anything else.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace").rstrip("\ufffd")
    for text in _candidates(data, declared):
        if text is not None and _plausible(text):
            return text
    raise DocumentError(BINARY if b"\x00" in data[:_SAMPLE_BYTES] else UNDECODABLE)


def _candidates(data: bytes, declared: str) -> Iterator[str | None]:
    yield _strict(data, "utf-8")
    if b"\x00" in data[:_SAMPLE_BYTES]:
        yield from _wide(data)
        return
    yield _torn_utf8(data)
    named = _DECLARED.search(data[:_DECLARATION_BYTES])
    for encoding in (declared, named[1].decode() if named else ""):
        yield _strict(data, _chinese(encoding)) if encoding else None
    yield _chinese_text(data)
    if sum(byte > _ASCII for byte in data[:_SAMPLE_BYTES]) < _FEW * len(data[:_SAMPLE_BYTES]):
        yield _strict(data, "cp1252")
    yield _detected(data)


def _strict(data: bytes, encoding: str) -> str | None:
    """`data` decoded without a single error, but for a character cut off at the end."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - _LONGEST_CHARACTER or error.reason.startswith("invalid start"):
            return None
        return data[: error.start].decode(encoding)
    except LookupError:
        return None


def _torn_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    torn = text.count("\ufffd")
    whole = sum(ord(sign) > _ASCII for sign in text) - torn
    return text if torn <= _TORN_SHARE * len(text) and torn < whole else None


def _wide(data: bytes) -> Iterator[str | None]:
    even, odd = data[:_SAMPLE_BYTES:2].count(0), data[1:_SAMPLE_BYTES:2].count(0)
    yield _strict(data, "utf-16-le" if odd >= even else "utf-16-be")


def _chinese(encoding: str) -> str:
    """GB2312 and GBK are read as GB18030, which holds both and what pages really use."""
    return "gb18030" if encoding.lower() in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else encoding


def _chinese_text(data: bytes) -> str | None:
    texts = [
        (_common_share(text[:_SAMPLE_BYTES], characters), text)
        for encoding, characters in (("gb18030", "gb2312"), ("big5hkscs", "big5"))
        if (text := _strict(data, encoding)) is not None
    ]
    share, text = max(texts, key=lambda pair: pair[0], default=(0.0, ""))
    return text if share >= _COMMON_SHARE else None


def _common_share(text: str, characters: str) -> float:
    """The share of the Han characters of `text` that are on the first level of a character set.

    Both GB 2312 and Big5 put the common characters first; text read in the wrong one of the two
    consists of rare ones.
    """
    han = _HAN.findall(text)
    common = sum(_first_level(sign, characters) for sign in han)
    return common / len(han) if han else 0.0


def _first_level(sign: str, characters: str) -> bool:
    try:
        lead = sign.encode(characters)[0]
    except UnicodeEncodeError:
        return False
    return lead < (0xD8 if characters == "gb2312" else 0xC7)


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return _strict(data, best.encoding) if best is not None else None


def _plausible(text: str) -> bool:
    sample = text[:_SAMPLE_BYTES]
    return len(_STRANGE.findall(sample)) <= _STRANGE_SHARE * len(sample)
