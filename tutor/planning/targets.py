"""What a goal asks for, with disputed parts decided by the people of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from corpus.types import Direction, Goal, Perspective, Position, Stance, Topic
from tutor.planning.knowledge import PlanKnowledge
from tutor.selection import author_key

PATH = Path(__file__).with_name("targets.yaml")
_DEFAULT = "default"
_ENOUGH_VOICES = 3
_REMEMBERED = 64
# Which side counts where two have equally many people: the one in the middle first.
_TIES = (Stance.CORE_SUBSET, Stance.DEPENDS_ON_GOAL, Stance.NEEDED, Stance.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Side:
    """The side that most people take on a topic, and those who take it."""

    topic: Topic
    stance: Stance
    voices: tuple[tuple[Perspective, Position], ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Skills by their ids: `essential`, `wanted` (the most useful first), `further` (of use where
    it comes cheap), and `skipped`, each of these with the side that holds it unnecessary.
    `properly` says how many times the hours it takes to learn what most people hold necessary
    where others do not. `project` is a share of the time, `depth` how much
    of the usual hours the goal takes for each skill."""

    essential: tuple[str, ...]
    wanted: tuple[str, ...]
    further: tuple[str, ...]
    skipped: tuple[tuple[Side, tuple[str, ...]], ...]
    properly: Mapping[str, float]
    sides: tuple[Side, ...]
    project: float
    depth: float

    @property
    def asked(self) -> tuple[str, ...]:
        """All skills that the plan should teach, the most important first."""
        return (*self.essential, *self.wanted, *self.further)

    def hours_to_learn(self, skill: str) -> float:
        """From how many study hours on a skill counts as learnt."""
        hours = _file().hours.get(skill, _file().hours[_DEFAULT])
        return hours * self.depth * self.properly.get(skill, 1.0)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _DisputedForm(_Form):
    core: list[str]
    rest: list[str]
    properly: float = Field(default=1.0, ge=1)


class _DirectionForm(_Form):
    essential: list[str] = []
    wanted: list[str] = []


class _GoalForm(_Form):
    project: float = Field(ge=0, lt=1)
    depth: float = Field(default=1.0, gt=0)
    essential: list[str]
    wanted: list[str]
    disputed: dict[Topic, _DisputedForm]
    general: _DirectionForm
    vision: _DirectionForm
    language: _DirectionForm


class _File(_Form):
    goals: dict[str, _GoalForm]
    hours: dict[str, float]


@cache
def _file() -> _File:
    data = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return TypeAdapter(_File).validate_python(data)


@lru_cache(maxsize=_REMEMBERED)
def targets(knowledge: PlanKnowledge, goal: Goal | None, direction: Direction | None) -> Targets:
    """What the goal asks for in the direction; without a goal, what is of use to all."""
    form = _file().goals[goal.value if goal else "any"]
    more: _DirectionForm = getattr(form, (direction or Direction.GENERAL).value)
    sides = [side_taken(knowledge.people, topic, goal) for topic in form.disputed]
    essential, wanted = [*form.essential, *more.essential], [*more.wanted, *form.wanted]
    further: list[str] = []
    skipped = []
    properly: dict[str, float] = {}
    for side, disputed in zip(sides, form.disputed.values(), strict=True):
        match side.stance if side else Stance.DEPENDS_ON_GOAL:
            case Stance.NEEDED:
                essential += [*disputed.core, *disputed.rest]
                properly |= dict.fromkeys([*disputed.core, *disputed.rest], disputed.properly)
            case Stance.CORE_SUBSET:
                essential += disputed.core
                further += disputed.rest
            case Stance.DEPENDS_ON_GOAL:
                further += [*disputed.core, *disputed.rest]
            case Stance.NOT_NEEDED if side:
                skipped.append((side, (*disputed.core, *disputed.rest)))
    return Targets(
        essential=_known(essential, knowledge),
        wanted=_known(wanted, knowledge, essential),
        further=_known(further, knowledge, [*essential, *wanted]),
        skipped=tuple(skipped),
        properly=properly,
        sides=tuple(side for side in sides if side),
        project=form.project,
        depth=form.depth,
    )


def side_taken(people: Sequence[Perspective], topic: Topic, goal: Goal | None) -> Side | None:
    """The side that most people take on a topic, None where nobody takes any.

    Those who speak to the goal decide; where they are very few, together with those who speak to
    no goal in particular. Everyone counts once, and what a program guessed does not count.
    """
    views = list(_views(people, topic))
    spoken = [(person, view) for person, view in views if goal in view.goals]
    if len(spoken) < _ENOUGH_VOICES:
        spoken += [(person, view) for person, view in views if not view.goals]
    held: dict[Stance, dict[str, tuple[Perspective, Position]]] = {}
    for person, view in spoken:
        held.setdefault(view.stance, {}).setdefault(author_key(person), (person, view))
    if not held:
        return None
    stance = min(held, key=lambda stance: (-len(held[stance]), _TIES.index(stance)))
    return Side(topic, stance, tuple(held[stance].values()))


def _views(people: Sequence[Perspective], topic: Topic) -> Iterator[tuple[Perspective, Position]]:
    for person in people:
        for position in person.positions:
            if position.topic is topic and not position.guessed:
                yield person, position


def _known(
    names: Sequence[str], knowledge: PlanKnowledge, others: Sequence[str] = ()
) -> tuple[str, ...]:
    asked = (name for name in names if name in knowledge.skills and name not in others)
    return tuple(dict.fromkeys(asked))
