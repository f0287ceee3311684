"""Whom an answer cites: balanced by stance and author, the learner's goal first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

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
from tutor.selection import PER_AUTHOR, Reason, View, author_key, select_views, split_by_stance


def person(author: str, id: str | None = None) -> Perspective:
    title = Bilingual("标题", "title")
    return Perspective(
        id=id or author,
        author=author,
        platform="zhihu",
        url=f"https://example.org/{id or author}",
        question=title,
        title=title,
        published=None,
        votes=None,
        language=Language.CHINESE,
        read=ReadExtent.WHOLE,
        positions=(),
        paths=(),
        resources=(),
        texts=(),
    )


def view(author: str, stance: Stance, relevance: float = 0.5, *goals: Goal) -> View:
    return View(person(author), Position(Topic.ML_BEFORE_DL, stance, goals), relevance)


def chosen(views: list[View], goal: Goal | None = None, limit: int = 8) -> list[View]:
    return [decision.view for decision in select_views(views, goal, limit) if decision.chosen]


def test_one_dissenter_among_many_is_kept() -> None:
    crowd = [view(f"p{i}", Stance.NEEDED, 0.9) for i in range(30)]
    dissenter = view("dissenter", Stance.NOT_NEEDED, 0.0)
    assert dissenter in chosen([*crowd, dissenter])


def test_those_who_speak_to_the_goal_come_first() -> None:
    general = [view(f"g{i}", Stance.NEEDED, 0.9) for i in range(10)]
    for_job = [view(f"j{i}", Stance.NEEDED, 0.2, Goal.JOB) for i in range(3)]
    assert chosen([*general, *for_job], Goal.JOB, limit=3) == for_job


def test_an_author_speaks_once_for_a_stance_and_twice_at_most() -> None:
    views = [view("one", stance, r) for stance in Stance for r in (0.9, 0.8)]
    said = chosen([*views, *(view("other", s, 0.1) for s in Stance)])
    stances = [v.position.stance for v in said if v.perspective.author == "one"]
    assert len(stances) == len(set(stances)) <= PER_AUTHOR


def test_unknown_authors_are_different_people() -> None:
    views = [
        View(person("", id), Position(Topic.MATH_DEPTH, Stance.NEEDED, ()), 0.5) for id in "abc"
    ]
    assert len(chosen(views)) == 3


VIEWS = st.lists(
    st.builds(
        view,
        st.sampled_from("ABCDEFGHIJ"),
        st.sampled_from(Stance),
        st.floats(0, 1),
        st.sampled_from(Goal),
    ),
    max_size=40,
)


@given(VIEWS, st.sampled_from([None, *Goal]))
def test_every_stance_present_is_represented(views: list[View], goal: Goal | None) -> None:
    stances = {v.position.stance for v in views}
    assert {v.position.stance for v in chosen(views, goal)} == stances


@given(VIEWS, st.sampled_from([None, *Goal]))
def test_every_view_gets_one_decision(views: list[View], goal: Goal | None) -> None:
    decisions = select_views(views, goal)
    assert sorted(map(id, (d.view for d in decisions))) == sorted(map(id, views))


@given(VIEWS)
def test_nobody_is_counted_twice_on_one_side(views: list[View]) -> None:
    for group in split_by_stance(views).values():
        authors = [author_key(v.perspective) for v in group]
        assert len(authors) == len(set(authors))


def test_the_largest_side_comes_first() -> None:
    views = [view("a", Stance.NEEDED), view("b", Stance.NOT_NEEDED), view("c", Stance.NOT_NEEDED)]
    assert list(split_by_stance(views)) == [Stance.NOT_NEEDED, Stance.NEEDED]


def test_whoever_is_asked_about_speaks_before_a_goal_and_a_crowd() -> None:
    crowd = [view(f"j{i}", Stance.NEEDED, 0.9, Goal.JOB) for i in range(20)]
    asked = replace(view("asked", Stance.NEEDED, 0.0, Goal.RESEARCH), asked=True)
    decisions = select_views([*crowd, asked], Goal.JOB, 8)
    assert decisions[0].view is asked
    assert (decisions[0].chosen, decisions[0].reason) == (True, Reason.ASKED)
