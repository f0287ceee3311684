"""The skills that courses teach, and which of them build on which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.course_files import BUNDLED_COURSES
from corpus.course_labels import SKILLS
from corpus.course_schema import BilingualForm, Slug
from corpus.errors import SourceFileError
from corpus.field_errors import refuse_fields
from corpus.perspective_files import BUNDLED_PERSPECTIVES
from corpus.source_yaml import parse_yaml, read_source
from corpus.types import Bilingual

BUNDLED_SKILLS = Path(__file__).parent / "skills.yaml"


class Stage(StrEnum):
    """A part of the way through the field; the members stand in the order of study."""

    PROGRAMMING = "programming"
    MATHEMATICS = "mathematics"
    MACHINE_LEARNING = "machine-learning"
    DEEP_LEARNING = "deep-learning"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class SkillEdge:
    """A skill to have before another; `source` is the id of the course or perspective that says
    so or arranges its chapters so."""

    skill: str
    source: str


@dataclass(frozen=True, slots=True)
class Skill:
    """Something to be learned. `can` completes "after this week you can …".

    `requires` is what its material builds on. A skill with `parts` is had as soon as all of them
    are had.
    """

    id: str
    name: Bilingual
    can: Bilingual
    stage: Stage
    requires: tuple[SkillEdge, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def before(self) -> tuple[str, ...]:
        """The skills that come before this one: required ones and parts."""
        return (*(edge.skill for edge in self.requires), *self.parts)


@cache
def load_skills() -> Mapping[str, Skill]:
    """The bundled skills by id, in the order of their file.

    Raises `SourceFileError` when the file is not valid.
    """
    known = {path.stem for path in BUNDLED_COURSES.glob("*.yaml")}
    known |= {path.stem for path in BUNDLED_PERSPECTIVES.glob("*.md")}
    return MappingProxyType(parse_skills(read_source(BUNDLED_SKILLS), BUNDLED_SKILLS.name, known))


def parse_skills(text: str, name: str, sources: Collection[str]) -> dict[str, Skill]:
    """The skills that the YAML `text` describes, by id; `name` is the file named in errors.

    `sources` are the ids that an edge may go back to. Raises `SourceFileError` naming the skill,
    what is wrong with it and the remedy.
    """
    try:
        forms = _forms().validate_python(parse_yaml(text, name))
    except ValidationError as error:
        refuse_fields(name, error)
    skills = {id: form.convert(id) for id, form in forms.items() if id in SKILLS}
    wordless = [_wordless(id) for id in forms if id not in SKILLS]
    unknown = [fault for skill in skills.values() for fault in _unknown(skill, forms, sources)]
    if faults := wordless + unknown or list(_circle(skills)):
        raise SourceFileError(name, faults)
    return skills


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _EdgeForm(_Form):
    skill: Slug
    source: Slug


class _SkillForm(_Form):
    can: BilingualForm
    stage: Annotated[Stage, Field(strict=False)]
    requires: list[_EdgeForm] = []
    parts: list[Slug] = []

    def convert(self, id: str) -> Skill:
        return Skill(
            id=id,
            name=SKILLS[id],
            can=self.can.convert(),
            stage=self.stage,
            requires=tuple(SkillEdge(edge.skill, edge.source) for edge in self.requires),
            parts=tuple(self.parts),
        )


# Built at first use: an adapter takes milliseconds, and importing must stay free of work.
@cache
def _forms() -> TypeAdapter[dict[str, _SkillForm]]:
    return TypeAdapter(dict[str, _SkillForm])


def _wordless(id: str) -> Bilingual:
    return Bilingual(
        f"技能 {id} 没有中英文说法；请改正拼写，或在 corpus/course_labels.py 的 SKILLS 里补上",
        f"the skill {id} has no words in the two languages; "
        "correct its spelling or add it to SKILLS in corpus/course_labels.py",
    )


def _unknown(
    skill: Skill, skills: Collection[str], sources: Collection[str]
) -> Iterator[Bilingual]:
    for other in skill.before:
        if other not in skills:
            yield Bilingual(
                f"技能 {skill.id} 用到 {other}，但文件里没有这一项；请改正或补上",
                f"the skill {skill.id} names {other}, which the file does not have; "
                "correct or add it",
            )
    for edge in skill.requires:
        if edge.source not in sources:
            yield Bilingual(
                f"技能 {skill.id} 的依据 {edge.source} 既不是课程也不是观点的编号；请改正",
                f"the skill {skill.id} goes back to {edge.source}, which is the id of no course "
                "and no perspective; correct it",
            )


def _circle(skills: Mapping[str, Skill]) -> Iterator[Bilingual]:
    try:
        TopologicalSorter({skill.id: skill.before for skill in skills.values()}).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        yield Bilingual(
            f"技能绕成了一圈：{circle}；请去掉其中一条 requires 或 parts",
            f"the skills go round in a circle: {circle}; remove one of its requires or parts",
        )
