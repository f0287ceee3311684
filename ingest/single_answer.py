"""One answer out of a page or a file, for somebody who is about to restate it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import DocumentError, SourceFileError, UsageError
from corpus.types import Bilingual, Perspective
from corpus.urls import is_web_url
from ingest.decode import decode
from ingest.document import Document
from ingest.documents import Location, load
from ingest.identity import KnownAnswers, identified
from ingest.raw import RawPerspective, Skipped
from ingest.readers import pdf, read_document

_NAMELESS = "unknown"
_OWN = Bilingual(
    "已经是观点或课程文件；请用 tutor sources check 检查",
    "is a perspective or course file already; check it with tutor sources check",
)
_NOTHING = Bilingual("没有可以转述的回答", "holds no answer to restate")
_DIRECTORY = Bilingual("是目录；请给出一个文件", "is a directory; name one file")


def answers_in(where: str, known: Iterable[Perspective]) -> tuple[RawPerspective, ...]:
    """The answers on the page or in the file `where`, each with an address; at least one.

    Those of `known` are recognised. Raises `DocumentError` naming `where` when it cannot be read
    or holds none.
    """
    try:
        reading = read_document(_document(where))
    except DocumentError as error:
        raise _about(where, error.message) from error
    except SourceFileError as error:
        raise _about(where, _OWN) from error
    if reading.sources:
        raise _about(where, _OWN)
    if not reading.perspectives:
        raise _about(where, _reasons(reading.skipped) or _NOTHING)
    return identified(reading.perspectives, KnownAnswers(known))


def original_text(where: str) -> str:
    """All that stands on the page or in the file `where`, mark-up included.

    Raises `DocumentError` naming `where` when it cannot be read.
    """
    try:
        document = _document(where)
        if pdf.matches(document):
            return "\n".join(answer.body for answer in pdf.read(document).perspectives)
        return decode(document.data, document.charset)
    except DocumentError as error:
        raise _about(where, error.message) from error


def chosen(answers: Sequence[RawPerspective], author: str | None) -> RawPerspective:
    """The answer of `author`, or the only one. Raises UsageError that lists whom to choose from.

    Who has no name is called unknown; who has a name twice, or none, is numbered.
    """
    names = _names(answers)
    if author is None and len(answers) == 1:
        return answers[0]
    for name, answer in zip(names, answers, strict=True):
        if author is not None and name.casefold() == author.strip().casefold():
            return answer
    listed = ", ".join(names)
    if author is None:
        message = Bilingual(
            f"这里有 {len(answers)} 个回答：{listed}。请用 --author 选一个。",
            f"There are {len(answers)} answers here: {listed}. Choose one with --author.",
        )
    else:
        message = Bilingual(
            f"这里没有 {author} 的回答，只有：{listed}。",
            f"There is no answer by {author} here, only: {listed}.",
        )
    raise UsageError(message)


def _names(answers: Sequence[RawPerspective]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for answer in answers:
        name = answer.author or _NAMELESS
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def _document(where: str) -> Document:
    if is_web_url(where):
        return load(Location(where))
    path = Path(where).expanduser()
    if path.is_dir():
        raise DocumentError(_DIRECTORY)
    return load(Location(os.path.realpath(path)))


def _reasons(skipped: Sequence[Skipped]) -> Bilingual | None:
    if not skipped:
        return None
    return Bilingual(
        "；".join(f"{each.what}：{each.reason.zh}" for each in skipped),
        "; ".join(f"{each.what}: {each.reason.en}" for each in skipped),
    )


def _about(where: str, reason: Bilingual) -> DocumentError:
    return DocumentError(Bilingual(f"{where}：{reason.zh}。", f"{where}: {reason.en}."))
