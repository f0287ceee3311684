"""From bytes to text."""

from __future__ import annotations

import random

import pytest

from corpus.errors import DocumentError
from ingest.decode import decode

SIMPLIFIED = (
    "先学会走，再学会跑。揉面的时候水温要低一点，发酵的时候温度要高一点，这两件事新手最容易弄反。"
)
TRADITIONAL = (
    "先學會走，再學會跑。揉麵的時候水溫要低一點，發酵的時候溫度要高一點，這兩件事新手最容易弄反。"
)
ENGLISH = "A café naïve enough to print “it’s fine” – well, the rest is plain English text."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *[
            (SIMPLIFIED, encoding)
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
        ],
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        (ENGLISH, "cp1252"),
        ("plain words", "ascii"),
        ("先学什么？", "gb18030"),
        ("學習需要數學嗎", "big5"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    # UTF-16 without a mark is told by the zero bytes of line ends and Latin letters.
    text = f"{text}\nend of text" if encoding.startswith("utf-16-") else text

    assert decode(text.encode(encoding)) == text


def test_what_the_server_or_the_page_declares_is_tried() -> None:
    page = f'<html><meta charset="big5"><p>{TRADITIONAL[:4]}</p>'

    assert decode(page.encode("big5")) == page
    assert decode("žluť čáp".encode("cp1250"), "cp1250") == "žluť čáp"
    assert decode(SIMPLIFIED.encode("gbk"), "gb2312") == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), "no-such-encoding") == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_character_cut_off_at_the_end_is_dropped(encoding: str) -> None:
    text = SIMPLIFIED if encoding != "big5" else TRADITIONAL

    assert decode(text.encode(encoding)[:-1]) == text[:-1]


def test_a_torn_character_in_a_long_text_does_not_lose_the_rest() -> None:
    text = SIMPLIFIED * 40
    data = bytearray(text.encode())
    data[600] = 0xFF

    decoded = decode(bytes(data))

    assert decoded.count("\ufffd") <= 3
    assert decoded.endswith(SIMPLIFIED)


@pytest.mark.parametrize("size", [20, 400, 5000])
def test_garbage_is_refused_with_a_remedy(size: int) -> None:
    data = random.Random(size).randbytes(size)

    with pytest.raises(DocumentError, match="save it as"):
        decode(data)


def test_a_binary_file_is_called_one() -> None:
    with pytest.raises(DocumentError, match="not a text file"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4)
