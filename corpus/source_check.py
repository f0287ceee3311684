"""Checking perspective and course files before they join those that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.bundled_sources import sound_courses, sound_perspectives
from corpus.course_files import check_courses, load_course
from corpus.errors import SourceFileError
from corpus.own_words import copied_wording, names_author, runs
from corpus.perspective_files import parse_perspective
from corpus.source_rules import course_faults, perspective_faults, unconfirmed_faults
from corpus.source_yaml import read_source
from corpus.types import Bilingual, Course, Perspective

_COURSES = frozenset({".yaml", ".yml"})
_SHOWN = 60  # characters of a copied stretch
_UNKNOWN_KIND = Bilingual(
    "既不是观点（.md）也不是课程（.yaml）；请检查文件名",
    "is neither a perspective (.md) nor a course (.yaml); check the file name",
)
_ADVERT = Bilingual(
    "读起来是广告；广告不是观点，请删去推销的话",
    "reads like an advert, which is not a perspective; remove what sells something",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what is wrong with it, each fault without a full stop; empty `faults` if right."""

    path: Path
    faults: tuple[Bilingual, ...]


def check_files(
    paths: Sequence[Path],
    originals: Sequence[str] = (),
    is_advert: Callable[[str], bool] = lambda _: False,
) -> tuple[Checked, ...]:
    """What is wrong with each of `paths`, in their order, as beside the bundled files.

    `originals` are the texts that the perspectives restate, where at hand; `is_advert` tells a
    text that sells something.
    """
    given = {path.resolve() for path in paths}
    read = {path: _read_course(path) for path in paths if path.suffix in _COURSES}
    added = [course for course in read.values() if isinstance(course, Course)]
    courses = [*sound_courses(given), *added]
    checker = _Checker(originals, is_advert, sound_perspectives(given), courses)
    return tuple(
        Checked(
            path,
            _course_faults(path, read[path], courses) if path in read else checker.faults(path),
        )
        for path in dict.fromkeys(paths)
    )


class _Checker:
    """Checks perspectives one by one; those that were checked count as known for the next."""

    def __init__(
        self,
        originals: Sequence[str],
        is_advert: Callable[[str], bool],
        perspectives: Sequence[Perspective],
        courses: Sequence[Course],
    ) -> None:
        self._original = "\n".join(originals)
        self._runs = {run for original in originals for run in runs(original)}
        self._is_advert = is_advert
        self._perspectives = list(perspectives)
        self._courses = list(courses)

    def faults(self, path: Path) -> tuple[Bilingual, ...]:
        if path.suffix != ".md":
            return (_UNKNOWN_KIND,)
        try:
            text = read_source(path)
        except SourceFileError as error:
            return error.faults
        unconfirmed = unconfirmed_faults(text)
        try:
            perspective = parse_perspective(text, path.name)
        except SourceFileError as error:
            return (*error.faults, *unconfirmed)
        faults = (
            *_name_faults(perspective.id, path),
            *_identity_faults(perspective, self._perspectives),
            *unconfirmed,
            *perspective_faults(perspective, self._courses),
            *((_ADVERT,) if any(self._is_advert(t.body) for t in perspective.texts) else ()),
            *self._wording_faults(perspective),
        )
        self._perspectives.append(perspective)
        return faults

    def _wording_faults(self, perspective: Perspective) -> Iterator[Bilingual]:
        for stretch in copied_wording(perspective, self._runs):
            yield Bilingual(
                f"抄了原文：“{stretch[:_SHOWN]}”；请用自己的话说",
                f'copies the original: "{stretch[:_SHOWN]}"; say it in your own words',
            )
        if self._original and not names_author(perspective, self._original):
            name = perspective.author
            yield Bilingual(
                f"字段 author 的 {name} 在原文里找不到；请照原文写，不知道就写 unknown",
                f"field author is {name}, whom the original does not name; "
                "write the name as it stands there, or unknown",
            )


def _read_course(path: Path) -> Course | tuple[Bilingual, ...]:
    """The course in the file at `path`, or what is wrong with the file."""
    try:
        return load_course(path)
    except SourceFileError as error:
        return error.faults


def _course_faults(
    path: Path, course: Course | tuple[Bilingual, ...], courses: Sequence[Course]
) -> tuple[Bilingual, ...]:
    if not isinstance(course, Course):
        return course
    others = [other for other in courses if other is not course]
    # First without what is wrong with the others; where two claim the same, the last is at fault.
    silent = [replace(other, prerequisites=(), superseded_by=None) for other in others]
    disagreements = _disagreements([*silent, course]) or _disagreements([*others, course])
    return (*_name_faults(course.id, path), *course_faults(course), *disagreements)


def _disagreements(courses: Sequence[Course]) -> tuple[Bilingual, ...]:
    """What is wrong with the last of `courses` beside the others."""
    try:
        check_courses(courses)
    except SourceFileError as error:
        return error.faults if error.name == f"{courses[-1].id}.yaml" else ()
    return ()


def _identity_faults(
    perspective: Perspective, others: Sequence[Perspective]
) -> Iterator[Bilingual]:
    for other in others:
        if other.id == perspective.id:
            yield Bilingual(
                f"字段 id 的 {other.id} 已被占用（{other.url}）；请换一个，或改原来的文件",
                f"field id is taken by {other.url}; choose another, or change the file there is",
            )
        elif other.url == perspective.url:
            yield Bilingual(
                f"字段 url 和 {other.id}.md 相同；同一个回答只留一个文件",
                f"field url is that of {other.id}.md too; keep one file for one answer",
            )


def _name_faults(id: str, path: Path) -> tuple[Bilingual, ...]:
    if id == path.stem:
        return ()
    fault = Bilingual(
        f"字段 id 是 {id}，应与文件名 {path.stem} 相同",
        f"field id is {id} and must equal the file name, {path.stem}",
    )
    return (fault,)
