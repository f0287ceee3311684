"""Who speaks on a topic for a goal, from the labels of the bundled perspectives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from corpus.perspective_files import load_perspectives
from corpus.types import Goal, Perspective, Topic


class Labels:
    """The positions of the perspectives among `sources`, or of all that are bundled."""

    def __init__(self, sources: Collection[str] | None = None) -> None:
        self._people = [one for one in _bundled() if sources is None or one.id in sources]

    def speakers(self, topics: Iterable[Topic], goal: Goal | None) -> frozenset[str]:
        """On each of `topics`, those with a position for `goal`; everyone where nobody has one."""
        return frozenset().union(*(self._on(topic)[goal] for topic in topics))

    def _on(self, topic: Topic) -> Mapping[Goal | None, frozenset[str]]:
        spoken = [
            (person.id, position.goals)
            for person in self._people
            for position in person.positions
            if position.topic is topic
        ]
        everyone = frozenset(name for name, _ in spoken)
        for_goal = {
            goal: frozenset(name for name, goals in spoken if goal in goals) for goal in Goal
        }
        return {None: everyone, **{goal: names or everyone for goal, names in for_goal.items()}}


@cache
def _bundled() -> tuple[Perspective, ...]:
    return load_perspectives()
