"""Reading texts made up for the tests, without any file or network."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.identity import identified
from ingest.raw import RawPerspective, Reading
from ingest.readers import read_document

FIXTURES = Path(__file__).parent / "fixtures"

ONE = "先把手头的事情做起来，缺什么再补什么，这样才走得远。"
OTHER = "我倒觉得应该从头学起，一步一步来，不要着急。"
THIRD = "别听别人的，自己先试一个月，再决定要不要继续。"


def read_text(text: str, name: str = "/notes/page.txt") -> Reading:
    """What a document with this text holds."""
    return read_document(Document(name, Path(name).suffix, text.encode()))


def read_fixture(name: str) -> Reading:
    """What the fixture file `name` holds."""
    path = FIXTURES / name
    return read_document(Document(str(path), path.suffix, path.read_bytes()))


def only(reading: Reading) -> RawPerspective:
    """The one perspective of a reading."""
    (perspective,) = reading.perspectives
    return perspective


def bodies(reading: Reading) -> dict[str, str]:
    """The texts of a reading by author."""
    return {answer.author: answer.body for answer in reading.perspectives}


def urls(reading: Reading) -> list[str]:
    """The addresses that the answers of a reading get."""
    return [answer.url for answer in identified(reading.perspectives)]
