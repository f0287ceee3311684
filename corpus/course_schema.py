"""The form of a course file, and how it becomes a `Course`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from re import fullmatch
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from corpus.course_labels import FIELDS
from corpus.field_errors import rule
from corpus.types import (
    Bilingual,
    Confidence,
    Course,
    CourseStatus,
    Direction,
    Language,
    Module,
    Prerequisite,
    Resource,
)
from corpus.urls import canonical_url


def _slug(value: str) -> str:
    if not fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise rule(
            "只能用小写字母、数字和连字符，例如 linear-algebra",
            "must be lower-case letters, digits and hyphens, such as linear-algebra",
        )
    return value


def _url(value: str) -> str:
    try:
        canonical_url(value)
    except ValueError:
        valid = False
    else:
        valid = fullmatch(r"https?://\S+", value) is not None
    if not valid:
        raise rule(
            "应是以 http:// 或 https:// 开头的完整网址",
            "must be a full address that starts with http:// or https://",
        )
    return value


def _iso_date(value: str) -> str:
    try:
        date.fromisoformat(value if len(value) > len("2026-11") else f"{value}-01")
    except ValueError:
        raise rule(
            "应是日期，写成 2026-11 或 2026-11-21", "must be a date such as 2026-11 or 2026-11-21"
        ) from None
    return value


Name = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, AfterValidator(_slug)]
Url = Annotated[str, AfterValidator(_url)]
Hours = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Weeks = Annotated[int, Field(gt=0)]
# YAML knows only text, so the names of enumerations are the one thing to convert.
_BY_NAME = Field(strict=False)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class BilingualForm(_Form):
    zh: Name
    en: Name

    def convert(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class LinkForm(_Form):
    name: Name
    url: Url


class PrerequisiteForm(_Form):
    course: Slug | None = None
    skill: Slug | None = None
    required: bool
    source: Name

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.course is None) == (self.skill is None):
            raise rule(
                "要写 course 或 skill，二者只写一个", "needs either course or skill, not both"
            )
        return self


class ModuleForm(_Form):
    id: Slug
    title: BilingualForm
    week: Weeks | None = None
    hours: Hours | None = None
    skills: list[Slug] = []

    def convert(self) -> Module:
        return Module(self.id, self.title.convert(), self.week, self.hours, tuple(self.skills))


class CourseForm(_Form):
    id: Slug
    title: BilingualForm
    aliases: list[Name]
    provider: Name
    instructors: list[Name]
    url: Url
    links: list[LinkForm] = []
    languages: Annotated[list[Annotated[Language, _BY_NAME]], Field(min_length=1)]
    level: Literal["beginner", "intermediate", "advanced"]
    directions: Annotated[list[Annotated[Direction, _BY_NAME]], Field(min_length=1)]
    prerequisites: list[PrerequisiteForm]
    teaches: list[Slug]
    hours: Hours | None = None
    hours_basis: str = ""
    module_hours: Hours | None = None
    weeks: Weeks | None = None
    modules: Annotated[list[ModuleForm], Field(min_length=1)]
    cost: Literal["free", "audit", "paid", "book"]
    cost_note: BilingualForm
    status: Annotated[CourseStatus, _BY_NAME] = CourseStatus.CURRENT
    superseded_by: Slug | None = None
    verified_on: Annotated[str, AfterValidator(_iso_date)]
    confidence: Annotated[Confidence, _BY_NAME]
    sources: Annotated[list[Name], Field(min_length=1)]
    unverified: list[str] = []
    summary: BilingualForm

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        if (self.hours is None) != (self.hours_basis == ""):
            raise rule(
                '和 hours 要么都写，要么 hours 写 null、hours_basis 写 ""',
                'and hours go together: give both, or write hours: null and hours_basis: ""',
                "hours_basis",
            )
        if (self.status is CourseStatus.SUPERSEDED) != (self.superseded_by is not None):
            raise rule(
                "和 status: superseded 要同时写，写明被哪门课取代",
                "goes together with status: superseded; name the course that replaced this one",
                "superseded_by",
            )
        return self

    @model_validator(mode="after")
    def _known_unverified(self) -> Self:
        unknown = [field for field in self.unverified if field not in FIELDS]
        if unknown:
            known = ", ".join(FIELDS)
            raise rule(
                f"里的 {unknown[0]} 不认识；可以写：{known}",
                f"holds {unknown[0]}, which is not one of: {known}",
                "unverified",
            )
        return self

    @model_validator(mode="after")
    def _modules_in_order(self) -> Self:
        ids = Counter(module.id for module in self.modules)
        repeated = [name for name, count in ids.items() if count > 1]
        if repeated:
            raise rule(
                f"里 {repeated[0]} 出现了两次；每个单元的 id 要不同",
                f"uses the id {repeated[0]} twice; give every module its own id",
                "modules",
            )
        weeks = [module.week for module in self.modules if module.week is not None]
        if weeks != sorted(weeks) or (weeks and self.weeks is not None and weeks[-1] > self.weeks):
            raise rule(
                "的 week 要从小到大，且不超过课程的 weeks",
                "must have weeks that only go up and stay within the weeks of the course",
                "modules",
            )
        return self

    def convert(self) -> Course:
        """The course, without its texts."""
        return Course(
            id=self.id,
            title=self.title.convert(),
            aliases=tuple(self.aliases),
            provider=self.provider,
            instructors=tuple(self.instructors),
            url=self.url,
            links=tuple(Resource(link.name, link.url) for link in self.links),
            languages=tuple(self.languages),
            level=self.level,
            directions=tuple(self.directions),
            prerequisites=tuple(
                Prerequisite(entry.course, entry.skill, entry.required, entry.source)
                for entry in self.prerequisites
            ),
            teaches=tuple(self.teaches),
            hours=self.hours,
            hours_basis=self.hours_basis,
            weeks=self.weeks,
            modules=tuple(module.convert() for module in self.modules),
            cost=self.cost,
            cost_note=self.cost_note.convert(),
            status=self.status,
            superseded_by=self.superseded_by,
            verified_on=self.verified_on,
            confidence=self.confidence,
            sources=tuple(self.sources),
            unverified=tuple(self.unverified),
            summary=self.summary.convert(),
            texts=(),
            module_hours=self.module_hours,
        )
