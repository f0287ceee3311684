"""What a list of sources can be narrowed to."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Course, Direction, Goal, Language, Perspective, Stance, Topic

_LONGEST_NAME = 200
_FURTHEST = 1_000_000


class Positions(BaseModel):
    """`topic`, `stance` and `goal` have to hold for one and the same position of a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Topic | None = None
    stance: Stance | None = None
    goal: Goal | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    offset: Annotated[int, Field(ge=0, le=_FURTHEST)] = 0

    @property
    def any_position(self) -> bool:
        """Whether nothing is asked of positions."""
        return not (self.topic or self.stance or self.goal)

    def is_taken_by(self, person: Perspective) -> bool:
        """Whether a position of `person` is one of these."""
        return self.any_position or any(
            (self.topic is None or position.topic is self.topic)
            and (self.stance is None or position.stance is self.stance)
            and (self.goal is None or self.goal in position.goals)
            for position in person.positions
        )


class PerspectiveFilter(Positions):
    """`author` is a part of the name, in any case."""

    author: Annotated[str, Field(max_length=_LONGEST_NAME)] = ""

    def takes(self, person: Perspective) -> bool:
        """Whether `person` is among those looked for."""
        names = (person.author, *person.author_aliases)
        wanted = self.author.casefold()
        return self.is_taken_by(person) and any(wanted in name.casefold() for name in names)


class CourseFilter(Positions):
    """Courses for a direction, in a language, named by people who take these positions."""

    direction: Direction | None = None
    language: Language | None = None

    def suits(self, course: Course) -> bool:
        """Whether the course itself is among those looked for."""
        return (self.direction is None or self.direction in course.directions) and (
            self.language is None or self.language in course.languages
        )
