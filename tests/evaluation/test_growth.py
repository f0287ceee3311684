"""Required sources follow from the labels, in any corpus; the tables of growth count rightly."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from evaluation_labels import Labels
from evaluation_questions import Scope, load_questions
from growth_corpora import SMALL_CORPUS
from measure_growth import both_heard, speakers

from corpus.perspective_files import load_perspectives
from corpus.types import Goal, Language, Stance, Topic
from tutor.answer import Answer, StanceGroup, Voice

SMALL = yaml.safe_load(SMALL_CORPUS.read_text(encoding="utf-8"))
PEOPLE = {person.id: person for person in load_perspectives()}


class TestLabels:
    def test_those_who_speak_to_the_goal_or_else_everyone(self) -> None:
        small = Labels(SMALL["perspectives"])
        everyone = small.speakers([Topic.MATH_DEPTH], None)
        assert small.speakers([Topic.MATH_DEPTH], Goal.JOB) == everyone
        assert small.speakers([Topic.MATH_DEPTH], Goal.GRADUATION_PROJECT) < everyone

    def test_several_topics_are_united(self) -> None:
        topics = [Topic.MATH_DEPTH, Topic.FRAMEWORK]
        each = [Labels().speakers([topic], Goal.RESEARCH) for topic in topics]
        assert Labels().speakers(topics, Goal.RESEARCH) == each[0] | each[1]

    def test_a_smaller_corpus_asks_for_none_but_its_own_sources(self) -> None:
        known = {*SMALL["perspectives"], *SMALL["courses"]}
        questions = load_questions(sources=known)
        assert all(question.required <= known for question in questions)
        assert sum(not one.required and one.scope is Scope.IN for one in questions) > 0


class TestBothLanguages:
    @pytest.fixture
    def answer(self, chinese_answer: Answer) -> Answer:
        return replace(
            chinese_answer,
            topics=(Topic.MATH_DEPTH,),
            learner=replace(chinese_answer.learner, goal=None),
        )

    @pytest.mark.parametrize("heard", [*Language, None])
    def test_are_heard_when_both_are_cited(self, answer: Answer, heard: Language | None) -> None:
        voices = tuple(
            Voice(person.id, person.author, person.platform, person.url, 1)
            for person in speakers(PEOPLE.values(), Topic.MATH_DEPTH, None)
            if heard in (None, person.language)
        )
        group = StanceGroup(Topic.MATH_DEPTH, Stance.NEEDED, voices)
        assert both_heard(replace(answer, positions=(group,)), PEOPLE) is (heard is None)

    def test_is_not_asked_where_one_language_alone_speaks(self, answer: Answer) -> None:
        chinese = {id: one for id, one in PEOPLE.items() if one.language is Language.CHINESE}
        assert both_heard(answer, chinese) is None
