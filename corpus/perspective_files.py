"""Reads perspective files: front matter, then the view in our own words, twice."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import SourceFileError
from corpus.field_errors import field_faults, refuse
from corpus.language import detect_language
from corpus.perspective_schema import PerspectiveForm
from corpus.source_yaml import parse_yaml, read_source
from corpus.types import Bilingual, Language, Perspective

BUNDLED_PERSPECTIVES = Path(__file__).parent / "perspectives"

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)
_HEADINGS = {Language.CHINESE: "# 中文", Language.ENGLISH: "# English"}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def parse_perspective(text: str, name: str) -> Perspective:
    """The perspective that `text` describes; `name` is the file named in errors.

    Its `texts` are the Chinese and the English body, without the heading of their language and
    without comments (`<!-- … -->`). Raises `SourceFileError` naming the file, and every field
    with its remedy.
    """
    match = _FRONT_MATTER.fullmatch(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if match is None:
        refuse(
            name,
            "开头没有信息栏；请在正文之前用两行 --- 把 id、author 等字段括起来",
            "does not begin with front matter; put id, author and the other fields "
            "between two lines of --- above the text",
        )
    data = parse_yaml(match[1], name, first_line=2)
    faults: list[Bilingual] = []
    try:
        form = PerspectiveForm.model_validate(data)
    except ValidationError as error:
        faults += field_faults(error)
    try:
        bodies = _bodies(match[2], name)
    except SourceFileError as error:
        faults += error.faults
    if faults:
        raise SourceFileError(name, faults)
    return form.convert(bodies)


def load_perspective(path: Path) -> Perspective:
    """The perspective in the file at `path`; see `parse_perspective`."""
    return parse_perspective(read_source(path), path.name)


def load_perspectives(directory: Path | None = None) -> tuple[Perspective, ...]:
    """Every perspective of a directory of `*.md` files (the bundled ones by default), by id.

    Raises `SourceFileError` when a file is not valid or two files claim the same address.
    """
    perspectives = []
    for path in sorted((directory or BUNDLED_PERSPECTIVES).glob("*.md")):
        perspective = load_perspective(path)
        if perspective.id != path.stem:
            refuse(
                path.name,
                f"字段 id 是 {perspective.id}，应与文件名 {path.stem} 相同",
                f"field id is {perspective.id} and must equal the file name, {path.stem}",
            )
        perspectives.append(perspective)
    _check_addresses(perspectives)
    return tuple(sorted(perspectives, key=lambda perspective: perspective.id))


def _check_addresses(perspectives: list[Perspective]) -> None:
    owners: dict[str, Perspective] = {}
    for perspective in perspectives:
        owner = owners.setdefault(perspective.url, perspective)
        if owner is not perspective:
            refuse(
                f"{perspective.id}.md",
                f"字段 url 和 {owner.id}.md 相同；同一个回答只留一个文件",
                f"field url is that of {owner.id}.md too; keep one file for one answer",
            )


def _bodies(text: str, name: str) -> Bilingual:
    lines = _COMMENT.sub("", text).splitlines()
    starts = [_heading(lines, heading, name) for heading in _HEADINGS.values()]
    chinese, english = starts
    if chinese > english or "".join(lines[:chinese]).strip():
        refuse(
            name,
            "正文应以 # 中文 开头，后面接 # English，之前不要有别的内容",
            "the text must begin with # 中文, then # English, with nothing before them",
        )
    bodies = Bilingual(
        "\n".join(lines[chinese + 1 : english]).strip(), "\n".join(lines[english + 1 :]).strip()
    )
    faults = [
        Bilingual(
            f"{heading} 下面应是用这种语言写的正文，请补上",
            f"the text below {heading} must be written in that language; add it",
        )
        for language, heading in _HEADINGS.items()
        if not (body := bodies.text(language)) or detect_language(body) is not language
    ]
    if faults:
        raise SourceFileError(name, faults)
    return bodies


def _heading(lines: list[str], heading: str, name: str) -> int:
    places = [index for index, line in enumerate(lines) if line.rstrip() == heading]
    if len(places) != 1:
        refuse(
            name,
            f"正文里要有且只有一行标题 {heading}，现在有 {len(places)} 行",
            f"the text needs exactly one line {heading} and has {len(places)}; correct it",
        )
    return places[0]
