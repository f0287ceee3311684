"""What a collection of sources covers: who says what for whom, and what nobody says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from corpus.source_doubts import (
    Alike,
    Doubt,
    Mentions,
    NamedResource,
    doubts,
    near_duplicates,
    uncovered_resources,
)
from corpus.types import Course, Goal, Language, Perspective, Position, Source, Stance, Topic

K = TypeVar("K")

ENOUGH_FOR_A_GOAL = 10
OLDEST = 10

_STANCES = tuple(product(Topic, Stance))
_GOALS = tuple(product(Topic, (*Goal, None)))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people take a side, and for how many of them a program guessed it.

    `chinese` and `english` count them by the language of the original; who wrote in both counts
    in both.
    """

    voices: int
    guessed: int
    chinese: int
    english: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What sources cover: the cells of each table that are not empty, and what to look at again.

    The goal None stands for positions that are not tied to a goal. `of_goal` counts the
    perspectives that speak to a goal. `oldest` are the first dated perspectives, oldest first;
    `undated` counts those without a date.
    """

    perspectives: int
    courses: int
    languages: Mapping[Language, int]
    topics: Mapping[Topic, Cell]
    stances: Mapping[tuple[Topic, Stance], Cell]
    goals: Mapping[tuple[Topic, Goal | None], Cell]
    cells: Mapping[tuple[Topic, Stance, Goal | None], Cell]
    of_goal: Mapping[Goal, int]
    oldest: tuple[Perspective, ...]
    undated: int
    near_duplicates: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]
    uncovered: tuple[NamedResource, ...]

    @property
    def empty_stances(self) -> tuple[tuple[Topic, Stance], ...]:
        """The sides that nobody takes."""
        return tuple(pair for pair in _STANCES if pair not in self.stances)

    @property
    def empty_goals(self) -> tuple[tuple[Topic, Goal], ...]:
        """The topics on which nobody speaks to a goal."""
        return tuple(pair for pair in product(Topic, Goal) if pair not in self.goals)

    @property
    def lone_stances(self) -> tuple[tuple[Topic, Stance], ...]:
        """The sides that one person takes."""
        return tuple(pair for pair, cell in self.stances.items() if cell.voices == 1)

    @property
    def lone_goals(self) -> tuple[tuple[Topic, Goal], ...]:
        """The topics on which one person speaks to a goal."""
        found = (pair for pair, cell in self.goals.items() if cell.voices == 1)
        return tuple((topic, goal) for topic, goal in found if goal is not None)

    @property
    def thin_goals(self) -> Mapping[Goal, int]:
        """The goals with fewer than `ENOUGH_FOR_A_GOAL` perspectives, and how many they have."""
        return {goal: count for goal, count in self.of_goal.items() if count < ENOUGH_FOR_A_GOAL}


def audit(sources: Sequence[Source], *, alike: Alike, mentions: Mentions) -> Audit:
    """What `sources` cover; `alike` tells near-duplicate texts, `mentions` topics in a text."""
    people = [source for source in sources if isinstance(source, Perspective)]
    courses = [source for source in sources if isinstance(source, Course)]
    dated = [person for person in people if person.published]
    said = [(person, position) for person in people for position in person.positions]
    return Audit(
        perspectives=len(people),
        courses=len(courses),
        languages={
            language: sum(person.language is language for person in people) for language in Language
        },
        topics=_cells([(p.topic, person, p) for person, p in said], Topic),
        stances=_cells([((p.topic, p.stance), person, p) for person, p in said], _STANCES),
        goals=_cells(
            [((p.topic, goal), person, p) for person, p in said for goal in p.goals or (None,)],
            _GOALS,
        ),
        cells=_cells(
            [
                ((p.topic, p.stance, goal), person, p)
                for person, p in said
                for goal in p.goals or (None,)
            ],
            product(Topic, Stance, (*Goal, None)),
        ),
        of_goal={goal: len({person.id for person, p in said if goal in p.goals}) for goal in Goal},
        oldest=tuple(sorted(dated, key=lambda person: (person.published, person.id))[:OLDEST]),
        undated=len(people) - len(dated),
        near_duplicates=near_duplicates(sources, alike),
        doubts=tuple(doubts(people, mentions)),
        uncovered=uncovered_resources(people, courses),
    )


def _cells(said: Sequence[tuple[K, Perspective, Position]], order: Iterable[K]) -> dict[K, Cell]:
    """The cells that are not empty, in `order`."""
    voices: dict[K, dict[str, list[tuple[Perspective, Position]]]] = {}
    for key, person, position in said:
        name = person.author or person.id
        voices.setdefault(key, {}).setdefault(name, []).append((person, position))
    return {key: _cell(voices[key].values()) for key in order if key in voices}


def _cell(voices: Collection[Sequence[tuple[Perspective, Position]]]) -> Cell:
    def written_in(language: Language) -> int:
        return sum(any(person.language is language for person, _ in said) for said in voices)

    return Cell(
        voices=len(voices),
        guessed=sum(all(position.guessed for _, position in said) for said in voices),
        chinese=written_in(Language.CHINESE),
        english=written_in(Language.ENGLISH),
    )
