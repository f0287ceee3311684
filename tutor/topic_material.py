"""All views on one topic, the ones that count for the learner's goal, and whom to cite."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.index import Index
from corpus.types import Goal, Perspective, Stance, Topic
from tutor.selection import (
    Decision,
    View,
    author_key,
    select_views,
    speaks_to,
    split_by_stance,
)


@dataclass(frozen=True, slots=True)
class TopicMaterial:
    """All views on one topic and whom to cite.

    `scope` are the views that the verdict rests on: those that speak to the learner's goal, or
    all when no goal is known or nobody speaks to it. `groups` is `scope` by stance, largest first.
    """

    topic: Topic
    goal: Goal | None
    views: tuple[View, ...]
    scope: tuple[View, ...]
    groups: dict[Stance, tuple[View, ...]]
    decisions: tuple[Decision, ...]

    @property
    def chosen(self) -> tuple[View, ...]:
        """The views to cite, weightiest first."""
        return tuple(decision.view for decision in self.decisions if decision.chosen)

    @property
    def leads(self) -> tuple[Stance, ...]:
        """The stance that most of `scope` take; several when they are equally many.

        Stances that a program inferred decide only where there are no others.
        """
        sizes = {
            stance: sum(not view.position.guessed for view in views)
            for stance, views in self.groups.items()
        }
        if not any(sizes.values()):
            sizes = {stance: len(views) for stance, views in self.groups.items()}
        most = max(sizes.values(), default=0)
        return tuple(stance for stance, size in sizes.items() if size == most)

    @property
    def branches(self) -> dict[Goal, Stance]:
        """The one leading stance for each goal that at least two people speak to."""
        branches: dict[Goal, Stance] = {}
        for goal in Goal:
            views = [view for view in self.views if speaks_to(view.position, goal)]
            sizes = [(len(group), stance) for stance, group in split_by_stance(views).items()]
            people = {author_key(view.perspective) for view in views}
            clear = len(sizes) == 1 or (len(sizes) > 1 and sizes[0][0] > sizes[1][0])
            if clear and len(people) > 1:
                branches[goal] = sizes[0][1]
        return branches

    @property
    def one_sided(self) -> bool:
        """Whether nobody in the corpus takes another side on this topic."""
        return len({view.position.stance for view in self.views}) == 1

    @property
    def general(self) -> tuple[View, ...]:
        """The views without a goal of people who say nothing else for the learner's goal."""
        tied = (
            {author_key(view.perspective) for view in self.scope} if self.goal_specific else set()
        )
        return tuple(
            view
            for view in self.views
            if not view.position.goals and author_key(view.perspective) not in tied
        )

    @property
    def goal_specific(self) -> bool:
        """Whether `scope` speaks to the learner's goal."""
        return any(speaks_to(view.position, self.goal) for view in self.scope)


def topic_material(
    index: Index,
    topic: Topic,
    goal: Goal | None,
    relevance: dict[str, float],
    limit: int,
    asked: Collection[str] = (),
) -> TopicMaterial:
    """The views on `topic` with the selection for `goal`; of the ids `asked` about, all speak."""
    labelled = index.positions(topic)
    people = {
        source.id: source
        for source in index.sources({source_id for source_id, _ in labelled})
        if isinstance(source, Perspective)
    }
    views = tuple(
        View(people[source_id], position, relevance.get(source_id, 0.0), source_id in asked)
        for source_id, position in labelled
        if source_id in people
    )
    scope = _scope(views, goal)
    decisions = select_views(views, goal, limit)
    cited = [decision.view for decision in decisions if decision.chosen]
    return TopicMaterial(topic, goal, views, scope, split_by_stance(scope, cited), decisions)


def _scope(views: Sequence[View], goal: Goal | None) -> tuple[View, ...]:
    """The views a verdict rests on: those for the goal, else those for no goal, else all.

    Without a goal, whoever also speaks in general is counted by that alone.
    """
    general = tuple(view for view in views if not view.position.goals)
    if goal is not None:
        to_goal = tuple(view for view in views if speaks_to(view.position, goal))
        return to_goal or general or tuple(views)
    speak_generally = {author_key(view.perspective) for view in general}
    tied = [view for view in views if author_key(view.perspective) not in speak_generally]
    return (*general, *tied)
