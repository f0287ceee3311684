"""The form of a perspective's front matter, and how it becomes a `Perspective`."""

from __future__ import annotations

from datetime import date
from re import fullmatch
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from corpus.course_schema import BilingualForm, Name, Slug, Weeks
from corpus.field_errors import rule
from corpus.language import detect_language
from corpus.types import (
    Bilingual,
    Goal,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Resource,
    Stance,
    Step,
    StudyPath,
    Text,
    Topic,
)
from corpus.urls import canonical_url

UNKNOWN = "unknown"


def _known(value: object) -> object:
    return None if value == UNKNOWN else value


def _day(value: object) -> object:
    """A date, month or year as text; YAML reads a year alone as a number."""
    if value == UNKNOWN:
        return None
    text = str(value)
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        text = ""
    if not fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise rule(
            "应是 2018、2018-11 或 2018-11-23 这样的日期，不知道就写 unknown",
            "must be a date such as 2018, 2018-11 or 2018-11-23, or unknown",
        )
    return text


def _identity(value: str) -> str:
    if fullmatch(r"urn:xianhou:[^\s:]+:\S+", value):
        return value
    if not fullmatch(r"https?://[^\s/]+\S*", value):
        raise rule(
            "应是 https:// 开头的完整网址；确实没有网址时写 urn:xianhou:平台:短名",
            "must be a full https:// address, or urn:xianhou:PLATFORM:SLUG where there is none",
        )
    canonical = canonical_url(value)
    if canonical != value:
        raise rule(f"请改成标准写法 {canonical}", f"must be written {canonical}; correct it")
    return value


def _link(value: str) -> str:
    if not fullmatch(r"https?://[^\s/]+\S*", value):
        raise rule(
            "应是以 http:// 或 https:// 开头的完整网址，没有就删去",
            "must be a full address that starts with http:// or https://; remove it if unknown",
        )
    return value


def _votes(value: int | None) -> int | None:
    if value is not None and value < 0:
        raise rule(
            "不能是负数，不知道就写 unknown",
            "must not be negative; write unknown if you do not know it",
        )
    return value


# YAML knows only text, so the names of enumerations are the one thing to convert.
_BY_NAME = Field(strict=False)
Goals = list[Annotated[Goal, _BY_NAME]]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PositionForm(_Form):
    topic: Annotated[Topic, _BY_NAME]
    stance: Annotated[Stance, _BY_NAME]
    goals: Goals
    says: BilingualForm

    @model_validator(mode="after")
    def _says_reads_on(self) -> Self:
        """Both sentences are printed inside a line, after the person's name."""
        for language in Language:
            said = self.says.convert().text(language)
            if detect_language(said) is not language:
                raise rule(
                    "要用这一栏的语言来写：zh 写中文，en 写英文",
                    "must be in its own language: Chinese in zh, English in en",
                    f"says.{language}",
                )
            if said[-1] in "。．.！!；;":
                raise rule(
                    "句末不要加标点，这句话会印在一行的中间",
                    "must not end with a full stop, since it is printed inside a line; remove it",
                    f"says.{language}",
                )
        return self

    def convert(self) -> Position:
        return Position(self.topic, self.stance, tuple(self.goals), self.says.convert())


class StepForm(BilingualForm):
    course: Slug | None = None
    modules: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _modules_of_a_course(self) -> Self:
        if self.modules and self.course is None:
            raise rule(
                "只能和 course 一起写，请补上 course",
                "belong to a course; add course, or remove them",
                "modules",
            )
        return self

    def step(self) -> Step:
        return Step(self.convert(), self.course, tuple(self.modules))


class PathForm(_Form):
    goals: Goals
    weeks: Weeks | None
    steps: Annotated[list[StepForm], Field(min_length=1)]

    def convert(self) -> StudyPath:
        return StudyPath(tuple(self.goals), self.weeks, tuple(step.step() for step in self.steps))


class ResourceForm(_Form):
    name: Name
    url: Annotated[str, AfterValidator(_link)] | None = None
    course: Slug | None = None


class PerspectiveForm(_Form):
    id: Slug
    author: Name
    author_aliases: list[Name] = Field(default_factory=list)
    platform: Slug
    url: Annotated[str, AfterValidator(_identity)]
    question: BilingualForm
    title: BilingualForm
    published: Annotated[str | None, BeforeValidator(_day)]
    votes: Annotated[int | None, BeforeValidator(_known), AfterValidator(_votes)]
    language: Annotated[Language, _BY_NAME]
    read: Annotated[ReadExtent, _BY_NAME]
    positions: list[PositionForm]
    paths: list[PathForm]
    resources: list[ResourceForm]

    @model_validator(mode="after")
    def _one_stance_for_a_goal(self) -> Self:
        taken: set[tuple[Topic, Goal | None]] = set()
        for index, position in enumerate(self.positions):
            for goal in position.goals or (None,):
                if (position.topic, goal) in taken:
                    raise rule(
                        f"又对 {position.topic} 表了一次态（目标：{goal or '不限'}）；"
                        "同一话题、同一目标只能有一个立场",
                        f"takes a second stance on {position.topic} for the goal "
                        f"{goal or 'none'}; keep one stance for a topic and goal",
                        f"positions.{index}",
                    )
                taken.add((position.topic, goal))
        return self

    def convert(self, body: Bilingual) -> Perspective:
        """The perspective whose text in our own words is `body`."""
        return Perspective(
            id=self.id,
            author="" if self.author == UNKNOWN else self.author,
            platform=self.platform,
            url=self.url,
            question=self.question.convert(),
            title=self.title.convert(),
            published=self.published,
            votes=self.votes,
            language=self.language,
            read=self.read,
            positions=tuple(position.convert() for position in self.positions),
            paths=tuple(path.convert() for path in self.paths),
            resources=tuple(Resource(r.name, r.url, r.course) for r in self.resources),
            texts=tuple(
                Text(language, verbatim=False, body=body.text(language)) for language in Language
            ),
            author_aliases=tuple(self.author_aliases),
        )
