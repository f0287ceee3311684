"""Whom an answer hears beside a plan."""

from __future__ import annotations

from corpus.types import (
    Bilingual,
    Goal,
    Language,
    Perspective,
    Position,
    ReadExtent,
    Stance,
    Topic,
)
from tutor.few_voices import beside_plan, with_few_voices
from tutor.plan_place import PlanPlace
from tutor.selection import View, select_views, split_by_stance
from tutor.topic_material import TopicMaterial

NEEDED, CORE, NOT_NEEDED = Stance.NEEDED, Stance.CORE_SUBSET, Stance.NOT_NEEDED


def view(name: str, stance: Stance, *goals: Goal, asked: bool = False) -> View:
    position = Position(Topic.ML_BEFORE_DL, stance, tuple(goals), None)
    text = Bilingual(name, name)
    person = Perspective(
        id=name,
        author=name,
        platform="zhihu",
        url=f"https://example.org/{name}",
        question=text,
        title=text,
        published=None,
        votes=None,
        language=Language.CHINESE,
        read=ReadExtent.WHOLE,
        positions=(position,),
        paths=(),
        resources=(),
        texts=(),
    )
    return View(person, position, 0.5, asked)


def material(*views: View, topic: Topic = Topic.ML_BEFORE_DL) -> TopicMaterial:
    decisions = select_views(views, None, 8)
    return TopicMaterial(topic, None, views, views, split_by_stance(views), decisions)


def names(found: TopicMaterial) -> list[str]:
    return [each.perspective.id for each in found.chosen]


MANY = material(*(view(f"a{n}", CORE) for n in range(5)), view("b", NEEDED), view("c", NOT_NEEDED))


def test_both_sides_are_heard_even_where_two_speak() -> None:
    kept = with_few_voices(MANY, 2)
    assert {each.position.stance for each in kept.chosen} == {CORE, NEEDED}


def test_no_more_speak_than_there_is_room_for() -> None:
    assert [len(names(with_few_voices(MANY, most))) for most in range(4)] == [0, 1, 2, 3]
    assert len(MANY.views) == len(with_few_voices(MANY, 1).views), "all are still counted"


def test_whoever_is_asked_about_is_heard_besides() -> None:
    asked = material(view("a", CORE), view("b", CORE), view("z", CORE, asked=True))
    assert "z" in names(with_few_voices(asked, 1))


def test_the_verdict_is_backed_by_somebody_whose_line_is_printed() -> None:
    general, other = view("general", CORE), view("other", CORE, Goal.JOB)
    views = (other, general, view("c", NEEDED))
    scope = (general,)
    decisions = select_views(views, Goal.RESEARCH, 2)
    told = TopicMaterial(
        Topic.ML_BEFORE_DL, Goal.RESEARCH, views, scope, split_by_stance(scope), decisions
    )
    assert "general" in names(with_few_voices(told, 2))


class TestTheTopics:
    time, order = material(*MANY.views, topic=Topic.TIME_PLAN), MANY

    def heard(self, *topics: TopicMaterial, place: PlanPlace, named: set[Topic]) -> list[int]:
        return [len(found.chosen) for found in beside_plan(topics, place, named)]

    def test_a_plan_that_comes_first_leaves_three_voices_in_all(self) -> None:
        first = PlanPlace.FIRST
        assert self.heard(self.time, place=first, named=set()) == [3]
        assert self.heard(self.order, self.time, place=first, named=set()) == [3, 0]
        assert self.heard(self.time, self.order, place=first, named=set()) == [3, 0]
        named = {Topic.ML_BEFORE_DL}
        assert self.heard(self.time, self.order, place=first, named=named) == [1, 2]

    def test_a_topic_that_is_asked_about_is_heard_before_a_plan_and_the_time_is_not(self) -> None:
        last, named = PlanPlace.LAST, {Topic.ML_BEFORE_DL}
        assert self.heard(self.order, self.time, place=last, named=named) == [3, 0]
