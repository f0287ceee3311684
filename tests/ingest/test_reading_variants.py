"""The same document in another encoding or with other invisible signs holds the same answers."""

from __future__ import annotations

import re

import pytest
from reading_material import FIXTURES

from ingest.document import Document
from ingest.raw import RawPerspective
from ingest.readers import read_document

HAN = "[\u4e00-\u9fff]"
VARIANTS = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "byte-order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "GB18030": lambda text: text.encode("gb18030"),
    "zero-width spaces": lambda text: re.sub(f"(?<={HAN})(?={HAN})", "\u200b", text).encode(),
    "blank lines above": lambda text: f"\n\n\n{text}".encode(),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0").encode(),
}
DOCUMENTS = sorted(path.name for path in FIXTURES.iterdir())


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_answers_do_not_depend_on_encoding_and_invisible_signs(name: str, variant: str) -> None:
    path = FIXTURES / name
    text = path.read_text(encoding="utf-8")

    def answers(data: bytes) -> tuple[RawPerspective, ...]:
        return read_document(Document(str(path), path.suffix, data)).perspectives

    assert answers(VARIANTS[variant](text)) == answers(text.encode())


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if not name.endswith(".html")])
@pytest.mark.parametrize(("one", "other"), [("：", ":"), (":", "：")])
def test_half_and_full_width_colons_say_the_same(name: str, one: str, other: str) -> None:
    path = FIXTURES / name
    text = path.read_text(encoding="utf-8")
    changed = re.sub(f"(?<={HAN}){one}", other, text)

    def heads(data: str) -> list[tuple[object, ...]]:
        reading = read_document(Document(str(path), path.suffix, data.encode()))
        return [(a.author, a.url, a.votes, a.published) for a in reading.perspectives]

    assert heads(changed) == heads(text)
