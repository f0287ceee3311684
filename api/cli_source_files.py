"""`tutor sources check` and `tutor sources new`: writing a source by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_help import both
from api.failures import FAILED, OK
from api.interface_language import interface_language
from api.terminal import note, printable, write
from corpus.errors import UsageError, XianhouError
from corpus.types import Bilingual, Language

if TYPE_CHECKING:
    from corpus.source_check import Checked
    from ingest.raw import RawPerspective


def check_sources(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help=both("观点（.md）或课程（.yaml）", "perspective or course files")
        ),
    ],
    original: Annotated[
        list[str] | None,
        typer.Option(
            "--original",
            metavar="FILE|URL",
            help=both("原文，用来查有没有照抄（可重复）", "the original, to find copied wording"),
        ),
    ] = None,
) -> None:
    """Say in one line a file whether it may join the bundled ones, and what is missing."""
    from corpus.source_check import check_files
    from ingest.promotion import is_advert
    from ingest.single_answer import original_text

    originals = [original_text(where) for where in original or ()]
    found = check_files(files, originals, is_advert)
    for checked in found:
        write(printable(_verdict(checked, interface_language())))
    raise typer.Exit(FAILED if any(checked.faults for checked in found) else OK)


def new_source(
    where: Annotated[
        str, typer.Argument(metavar="URL|FILE", help=both("网址或文件", "web address or file"))
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=both("写到哪里（默认：编号.md）", "where to write it (default: ID.md)"),
        ),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(
            "--author",
            metavar="NAME",
            help=both("有几个回答时选谁的", "whose answer, where there are several"),
        ),
    ] = None,
) -> None:
    """Write a perspective file to begin with; an existing file is never overwritten."""
    from corpus.bundled_sources import sound_courses, sound_perspectives
    from ingest.perspective_draft import draft, draft_id
    from ingest.single_answer import answers_in, chosen

    known = sound_perspectives()
    answer = chosen(answers_in(where, known), author)
    for other in known:
        if other.url == answer.url:
            raise _known_already(other.id)
    id = draft_id(answer, {other.id for other in known})
    path = output or Path(f"{id}.md")
    _write_new(path, draft(answer, _id_of(output) if output else id, sound_courses()))
    write(printable(str(path)))
    note(_next_step(path, answer, where).text(interface_language()))


def _verdict(checked: Checked, language: Language) -> str:
    faults = [fault.text(language) for fault in checked.faults]
    if not faults:
        return f"{checked.path}: ok"
    if language is Language.CHINESE:
        return f"{checked.path}：{'；'.join(faults)}。"
    return f"{checked.path}: {'; '.join(faults)}."


def _id_of(output: Path) -> str:
    """The id that a file at `output` must have. Raises UsageError for a name that is none."""
    import re

    if output.suffix == ".md" and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", output.stem):
        return output.stem
    raise UsageError(
        Bilingual(
            zh=f"{output.name} 不能作观点的文件名；请用小写字母、数字和连字符，以 .md 结尾。",
            en=f"{output.name} cannot name a perspective; use lower-case letters, digits and "
            "hyphens, and end it in .md.",
        )
    )


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(
            Bilingual(
                zh=f"{path} 已经存在，没有改动它；请用 --output 换一个文件名。",
                en=f"{path} exists and was left as it is; choose another name with --output.",
            )
        ) from error


def _known_already(id: str) -> XianhouError:
    return XianhouError(
        Bilingual(
            zh=f"这个回答已经收录为 {id}；要改就改那个文件。用 `tutor sources show {id}` 查看。",
            en=f"This answer is known already as {id}; change that file instead. "
            f"See `tutor sources show {id}`.",
        )
    )


def _next_step(path: Path, answer: RawPerspective, where: str) -> Bilingual:
    check = f'tutor sources check {path} --original "{where}"'
    return Bilingual(
        zh=f"读到的是 {answer.author or '未具名作者'} 的回答。请用自己的话补全，"
        f"确认标为猜测的看法，然后运行 {check}",
        en=f"Read the answer by {answer.author or 'an unnamed author'}. Fill in the rest in your "
        f"own words, confirm what is marked as a guess, then run {check}",
    )
