"""Saving a conversation to a file, without ever replacing one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from api.export_markdown import conversation_markdown
from corpus.errors import UsageError
from corpus.types import Bilingual, Language
from tutor.memory.records import ConversationExport


def written_export(export: ConversationExport, name: str, language: Language) -> Path:
    """The new file with the conversation: `name`, or a free one in the working directory.

    Raises UsageError where `name` is taken or cannot be written, OSError where no file can be.
    """
    text = conversation_markdown(export, language)
    if name:
        file = Path(name).expanduser()
        try:
            return _new_file(file, text)
        except FileExistsError as error:
            raise _taken(file) from error
        except OSError as error:
            raise _unwritable(file, error.strerror or str(error)) from error
    for file in _free_names(export):
        try:
            return _new_file(file, text)
        except FileExistsError:
            continue
    raise AssertionError("the names have no end")


def _free_names(export: ConversationExport) -> Iterator[Path]:
    day = f"xianhou-{export.head.created.astimezone():%Y-%m-%d}"
    yield Path(f"{day}.md")
    yield from (Path(f"{day}-{number}.md") for number in count(2))


def _new_file(file: Path, text: str) -> Path:
    with file.open("x", encoding="utf-8") as stream:
        stream.write(text)
    return file


def _taken(file: Path) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"{file} 已经存在，不会覆盖。换一个名字。",
            en=f"{file} exists and is not replaced. Choose another name.",
        )
    )


def _unwritable(file: Path, reason: str) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"无法写入 {file}（{reason}）。换一个位置。",
            en=f"Cannot write {file} ({reason}). Choose another place.",
        )
    )
