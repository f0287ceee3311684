"""The opinion part of an answer: verdict, split, voices and dissent on one topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from corpus.types import Goal, Language, Position, Stance, Topic
from tutor.answer import Section, SentenceKind
from tutor.citations import CitationBook
from tutor.drafts import Draft, enumerated, listed, marks
from tutor.learner import Learner
from tutor.phrases import (
    goal_name,
    sentence,
    stance_label,
    verdict,
)
from tutor.selection import View, author_key, split_by_stance
from tutor.topic_material import TopicMaterial
from tutor.voices import view_line

_BRANCHES = 2
_PAIR = 2
# In a row, more markers than these are a fence in front of the sentence.
_MARKS_A_SIDE = 3


class TopicWriter:
    """Writes the drafts on one topic. Views are cited first, so that all counts carry markers."""

    def __init__(self, material: TopicMaterial, learner: Learner, book: CitationBook) -> None:
        self._material = material
        self._learner = learner
        self._language = learner.language
        self._numbers: dict[tuple[str, Position], int] = {}
        for view in self._in_reading_order():
            number = book.cite_view(view.perspective, view.position)
            if number is not None:
                self._numbers[_key(view)] = number
        self._book = book

    def drafts(self, *, says_goal: bool) -> Iterator[Draft]:
        """Verdict, goal, split, voices, dissent; `says_goal` names the assumed goal."""
        yield self._verdict()
        if says_goal:
            yield assumed_goal(self._learner)
        yield from self._split()
        yield from self._voices()

    def beside_plan(self, *, says_goal: bool) -> Iterator[Draft]:
        """The same in short. What a plan says of the time is no matter of opinion any more."""
        if self._material.topic is not Topic.TIME_PLAN:
            yield self._verdict()
        if says_goal:
            yield assumed_goal(self._learner)
        by_goal = list(self._split_by_goal()) if self._learner.goal is None else []
        yield from by_goal or islice(self._split(), 1)
        yield from self._voices()

    def number(self, view: View) -> int | None:
        """The citation of a view, None where it is not cited."""
        return self._numbers.get(_key(view))

    def _in_reading_order(self) -> list[View]:
        """Chosen views as they will be printed: those of whoever is asked about, the leading side,
        the others in scope, the rest."""
        order = {stance: rank for rank, stance in enumerate(self._material.groups)}
        return sorted(
            self._material.chosen,
            key=lambda view: (
                not view.asked,
                view not in self._material.scope,
                order.get(view.position.stance, len(order)),
            ),
        )

    def _marks(self, views: Sequence[View]) -> tuple[int, ...]:
        """The first markers of `views`; everyone cited has a line of their own besides."""
        numbers = {number for view in views if (number := self.number(view)) is not None}
        return tuple(sorted(numbers)[:_MARKS_A_SIDE])

    def _inference(self, text: str, numbers: Sequence[int], section: Section) -> Draft:
        return Draft(text, "", tuple(numbers), SentenceKind.INFERENCE, section)

    # --- verdict -----------------------------------------------------------------------------

    def _verdict(self) -> Draft:
        leads, groups = self._material.leads, self._material.groups
        branches = self._material.branches if self._learner.goal is None else {}
        if len(set(branches.values())) > 1:
            return self._inference(
                sentence("verdict_branches", self._language), (), Section.VERDICT
            )
        cited = self._marks(list(chain.from_iterable(groups[stance] for stance in leads)))
        if len(leads) == 1:
            text = verdict(self._material.topic, leads[0]).text(self._language)
            return self._print_verdict("verdict", cited, verdict=text)
        counts = [self._count(stance, groups[stance], with_marks=False) for stance in leads]
        return self._print_verdict("verdict_split", cited, parts=listed(counts, self._language))

    def _print_verdict(self, name: str, numbers: tuple[int, ...], **parts: str) -> Draft:
        text = sentence(name, self._language, marks=marks(numbers, self._language), **parts)
        return self._inference(text, numbers, Section.VERDICT)

    # --- split -------------------------------------------------------------------------------

    def _split(self) -> Iterator[Draft]:
        counted = [self._material.scope]
        if self._learner.goal is None:
            yield from self._split_by_goal()
            yield self._counted(self._material.scope, "split_open", "split_open_all", {})
        else:
            yield from self._split_for_goal(goal_name(self._learner.goal).text(self._language))
            if self._material.goal_specific:
                counted.append(self._material.general)
        if any(map(self._some_on_two_sides, counted)):
            yield self._inference(sentence("split_overlap", self._language), (), Section.SPLIT)

    def _split_for_goal(self, goal: str) -> Iterator[Draft]:
        named = {"goal": goal}
        if not self._material.goal_specific:
            yield self._inference(
                sentence("split_goal_none", self._language, **named), (), Section.SPLIT
            )
            yield self._counted(self._material.scope, "split_open", "split_open_all", {})
            return
        yield self._counted(self._material.scope, "split_goal", "split_goal_all", named)
        if self._material.general:
            yield self._counted(self._material.general, "split_general", "split_general_all", {})

    def _some_on_two_sides(self, counted: Sequence[View]) -> bool:
        groups = split_by_stance(counted, self._material.chosen).values()
        people = {author_key(view.perspective) for view in counted}
        return sum(map(len, groups)) > len(people) > 1

    def _split_by_goal(self) -> Iterator[Draft]:
        """One line for all goals that lead to the same side, when goals lead to different sides."""
        branches = self._material.branches
        if len(set(branches.values())) < _BRANCHES:
            return
        for stance in dict.fromkeys(branches.values()):
            goals = [goal for goal, side in branches.items() if side is stance]
            yield self._branch(goals, stance)

    def _branch(self, goals: Sequence[Goal], stance: Stance) -> Draft:
        views = [v for v in self._material.views if set(goals) & set(v.position.goals)]
        groups = split_by_stance(views, self._material.chosen)
        numbers = tuple(chain.from_iterable(map(self._marks, groups.values())))
        then = verdict(self._material.topic, stance).text(self._language)
        if self._language is Language.ENGLISH:
            then = then[0].lower() + then[1:]
        counts = [self._count(side, group) for side, group in groups.items()]
        text = sentence(
            "branch",
            self._language,
            goals=enumerated(
                [goal_name(goal).text(self._language) for goal in goals], self._language
            ),
            verdict=then,
            parts=listed(counts, self._language),
        )
        return self._inference(text, numbers, Section.SPLIT)

    def _counted(
        self, views: Sequence[View], many: str, unanimous: str, named: dict[str, str]
    ) -> Draft:
        """How many of `views` are on each side, each side with the markers of those cited."""
        groups = split_by_stance(views, self._material.chosen)
        people = len({author_key(view.perspective) for view in views})
        numbers = tuple(chain.from_iterable(map(self._marks, groups.values())))
        sole = next(iter(groups)) if len(groups) == 1 else None
        if people == 1 and (sole is not None or many == "split_open"):
            many = unanimous = f"{many}_one"
        parts = [self._count(stance, group) for stance, group in groups.items()]
        label = self._label(sole, people) + self._inferred(groups[sole]) if sole else ""
        text = sentence(
            unanimous if sole else many,
            self._language,
            n=people,
            all="Both" if people == _PAIR else f"All {people}",
            parts=listed(parts, self._language),
            label=label,
            marks=marks(numbers, self._language),
            **named,
        )
        return self._inference(text, numbers, Section.SPLIT)

    def _count(self, stance: Stance, group: Sequence[View], *, with_marks: bool = True) -> str:
        return sentence(
            "count",
            self._language,
            n=len(group),
            label=self._label(stance, len(group)),
            marks=marks(self._marks(group), self._language) if with_marks else "",
        ) + self._inferred(group)

    def _inferred(self, group: Sequence[View]) -> str:
        """How many of `group` a program put there, "" where none."""
        guessed = sum(view.position.guessed for view in group)
        return sentence("count_guessed", self._language, n=guessed) if guessed else ""

    def _label(self, stance: Stance, people: int) -> str:
        label = stance_label(self._material.topic, stance).text(self._language)
        if self._language is Language.CHINESE or people != 1:
            return label
        verb, _, rest = label.partition(" ")
        return f"{verb}s {rest}"

    # --- voices ------------------------------------------------------------------------------

    def _voices(self) -> Iterator[Draft]:
        leads = self._material.leads
        heard = {author_key(view.perspective) for view in self._material.scope}
        aside: list[View] = []
        for view in self._in_reading_order():
            in_scope = view in self._material.scope
            general = not view.position.goals
            known = author_key(view.perspective) in heard or view.position.stance in leads
            if in_scope or view.asked or (general and known):
                yield from self._voice(view, Section.VOICES)
            elif view.position.stance not in leads:
                aside.append(view)
        for view in aside:
            yield from self._voice(view, Section.DISSENT)

    def _voice(self, view: View, section: Section) -> Iterator[Draft]:
        number = self.number(view)
        if number is None:
            return
        other = tuple(goal for goal in view.position.goals if goal is not self._learner.goal)
        tell_goal = other if self._tells_goal(view, section) else ()
        yield view_line(view, number, tell_goal, self._book, section)

    def _tells_goal(self, view: View, section: Section) -> bool:
        """Whether the reader must know for which goal a view was said."""
        if self._learner.goal is None:
            return bool(view.position.goals)
        return section is Section.DISSENT or not self._material.goal_specific


def assumed_goal(learner: Learner) -> Draft:
    """For which goal the answer is, and how that is known."""
    goal, before, language = learner.goal, learner.goal_before, learner.language
    if goal is None:
        text = sentence("goal_open", language)
    elif before is not None:
        text = sentence(
            "goal_changed",
            language,
            before=goal_name(before).text(language),
            goal=goal_name(goal).text(language),
        )
    else:
        text = sentence(
            f"goal_{learner.goal_known.value}",
            language,
            goal=goal_name(goal).text(language),
            words=learner.goal_words,
        )
    return Draft(text, "", (), SentenceKind.INFERENCE, Section.VERDICT)


def _key(view: View) -> tuple[str, Position]:
    return view.perspective.id, view.position
