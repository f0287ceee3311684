"""The evaluation set is what docs/evaluation.md says, and no metric passes what it should fail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from evaluate import COLUMNS, Judged, Tutoring, ask_all, counts, failures, table
from evaluation_metrics import Metric, dropped_share, judge, share
from evaluation_questions import (
    Half,
    Question,
    QuestionKind,
    Scope,
    half_of,
    load_questions,
)

import corpus
import tutor
from corpus.types import Direction, Goal, Kind, Language, Position, Stance, Topic
from tutor.answer import Answer, CheckReport, Citation, StanceGroup, Voice
from tutor.learner import Background, Known, Learner, Level

ALL = load_questions()
IN_SCOPE = [question for question in ALL if question.scope is Scope.IN]
BUNDLED = Path(corpus.__file__).parent
PERSPECTIVES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    for path in (BUNDLED / "perspectives").glob("*.md")
}
COURSES = {path.stem for path in (BUNDLED / "courses").glob("*.yaml")}


class TestTheSet:
    def test_no_question_is_asked_twice(self) -> None:
        assert len({question.id for question in ALL}) == len(ALL)
        assert len({_folded(question.text) for question in ALL}) == len(ALL)

    def test_is_large_enough_in_both_languages_and_scopes(self) -> None:
        languages = Counter(question.language for question in ALL)
        outside = [question for question in ALL if question.scope is Scope.OUT]
        assert len(ALL) >= 160
        assert len(outside) >= 45
        assert min(languages.values()) >= 0.4 * len(ALL)

    def test_has_every_topic_and_kind_in_both_languages(self) -> None:
        sizes = Counter(question.cell for question in ALL)
        names = [*Topic, *(kind for kind in QuestionKind if kind is not QuestionKind.TOPIC)]
        for language in Language:
            assert min(sizes[language, str(name)] for name in names) >= 7

    def test_has_every_goal_and_no_goal_in_both_halves_and_languages(self) -> None:
        sizes = Counter((one.half, one.language, one.goals[0]) for one in IN_SCOPE)
        for half in Half:
            for language in Language:
                assert min(sizes[half, language, goal] for goal in (*Goal, None)) >= 1

    def test_the_half_follows_from_the_id(self) -> None:
        assert {one.id: one.half for one in ALL} == {one.id: half_of(one.id) for one in ALL}

    def test_the_halves_are_balanced_in_every_cell(self) -> None:
        sizes = Counter((question.cell, question.half) for question in ALL)
        for cell in {question.cell for question in ALL}:
            tune, test = sizes[cell, Half.TUNE], sizes[cell, Half.TEST]
            assert min(tune, test) >= 3, cell
            assert abs(tune - test) <= 4, cell

    @pytest.mark.parametrize("question", IN_SCOPE, ids=lambda question: question.id)
    def test_required_sources_exist_and_bear_on_the_topic(self, question: Question) -> None:
        assert question.required
        assert question.required <= PERSPECTIVES.keys() | COURSES
        speakers = [PERSPECTIVES[one] for one in question.required & PERSPECTIVES.keys()]
        spoken_of = {spoken["topic"] for speaker in speakers for spoken in speaker["positions"]}
        assert bool(question.topics) is (question.kind is QuestionKind.TOPIC)
        assert set(question.topics[:1]) <= spoken_of

    def test_out_of_scope_questions_ask_for_no_source(self) -> None:
        outside = [question for question in ALL if question.scope is Scope.OUT]
        assert not any(question.required or question.topics for question in outside)
        assert {one.kind for one in outside} == {QuestionKind.FAR, QuestionKind.NEAR}

    def test_is_worded_apart_from_the_examples_the_tutor_learned_from(self) -> None:
        """Otherwise the figures would praise the tutor for its memory."""
        path = Path(tutor.__file__).with_name("example_questions.yaml")
        examples = [_grams(text) for text in _strings(yaml.safe_load(path.read_text("utf-8")))]
        assert examples
        copies = [
            question.text
            for question in ALL
            for example in examples
            if _likeness(_grams(question.text), example) > 0.6
        ]
        assert copies == []

    def test_an_unknown_field_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "questions.yaml"
        path.write_text("- {id: zh-ml-01, gaol: job}", encoding="utf-8")
        with pytest.raises(ValueError, match=r"zh-ml-01: unknown fields \['gaol'\]"):
            load_questions(path)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _grams(text: str) -> set[str]:
    folded = _folded(text)
    return {folded[at : at + 3] for at in range(max(1, len(folded) - 2))}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)


BODY = "前言。先学一小块机器学习。后记。"
QUESTION = Question(
    id="zh-x-01",
    text="毕设还有六周，每天两小时，做图像，要先学机器学习吗？代码不会",
    language=Language.CHINESE,
    scope=Scope.IN,
    kind=QuestionKind.TOPIC,
    half=Half.TUNE,
    goals=(Goal.GRADUATION_PROJECT,),
    topics=(Topic.ML_BEFORE_DL, Topic.TIME_PLAN),
    any_topic=False,
    required=frozenset({"someone", "someone-else"}),
    weeks=6,
    hours=14,
    direction=Direction.VISION,
    background={"programming": (Level.NONE, Level.BASIC)},
)
LEARNER = Learner(
    language=Language.CHINESE,
    goal=Goal.GRADUATION_PROJECT,
    goal_known=Known.READ,
    goal_words="毕设",
    direction=Direction.VISION,
    weeks=6.0,
    hours_per_week=14.0,
    background=Background(programming=Level.NONE),
)
VOICE = Voice("someone", "某人", "zhihu", "https://example.org/1", 1)
CITATION = Citation(
    number=1,
    source_id="someone",
    kind=Kind.PERSPECTIVE,
    author="某人",
    platform="zhihu",
    title="一小块",
    url="https://example.org/1",
    published=None,
    language=Language.CHINESE,
    verbatim=False,
    quote="先学一小块机器学习。",
    start=3,
    end=13,
)
ANSWER = Answer(
    question=QUESTION.text,
    text="先学一小块。[1]",
    language=Language.CHINESE,
    abstained=False,
    learner=LEARNER,
    sentences=(),
    citations=(CITATION,),
    positions=(
        StanceGroup(Topic.ML_BEFORE_DL, Stance.CORE_SUBSET, (VOICE,)),
        StanceGroup(Topic.ML_BEFORE_DL, Stance.NEEDED, (VOICE,)),
    ),
    one_sided=(),
    courses=(),
    follow_ups=(),
    check=CheckReport(sentences=5, supported=4, dropped=1),
)
OUTSIDE = replace(
    QUESTION, id="zh-x-02", scope=Scope.OUT, kind=QuestionKind.FAR, required=frozenset()
)


class TwoSides:
    """A corpus of one text, with two sides on the first topic and one on the other."""

    def positions(self, topic: Topic) -> list[tuple[str, Position]]:
        sides = {
            Topic.ML_BEFORE_DL: (Stance.NEEDED, Stance.CORE_SUBSET),
            Topic.TIME_PLAN: (Stance.NEEDED,),
        }
        return [("someone", Position(topic, stance, ())) for stance in sides.get(topic, ())]

    def text(self, source_id: str, language: Language, verbatim: bool) -> str | None:
        stored = {("someone", Language.CHINESE, False): BODY}
        return stored.get((source_id, language, verbatim))


def failed(question: Question, answer: Answer) -> set[Metric]:
    return {one.metric for one in judge(question, answer, TwoSides()) if not one.passed}


class TestTheMetrics:
    def test_a_good_answer_passes_every_metric_in_scope(self) -> None:
        findings = judge(QUESTION, ANSWER, TwoSides())
        assert {one.metric for one in findings} == set(Metric) - {Metric.ABSTAINS}
        assert all(one.passed for one in findings)

    @pytest.mark.parametrize(
        ("metric", "answer"),
        [
            (Metric.LANGUAGE, replace(ANSWER, language=Language.ENGLISH)),
            (Metric.ANSWERS, replace(ANSWER, abstained=True)),
            (Metric.REQUIRED, replace(ANSWER, citations=())),
            (Metric.STANCES, replace(ANSWER, positions=ANSWER.positions[:1])),
            (Metric.GOAL, replace(ANSWER, learner=replace(LEARNER, goal=Goal.JOB))),
            (Metric.GOAL, replace(ANSWER, learner=replace(LEARNER, goal=None))),
            (Metric.WEEKS, replace(ANSWER, learner=replace(LEARNER, weeks=None))),
            (Metric.WEEKS, replace(ANSWER, learner=replace(LEARNER, weeks=7.0))),
            (Metric.HOURS, replace(ANSWER, learner=replace(LEARNER, hours_per_week=2.0))),
            (Metric.DIRECTION, replace(ANSWER, learner=replace(LEARNER, direction=None))),
            (Metric.BACKGROUND, replace(ANSWER, learner=replace(LEARNER, background=Background()))),
        ],
    )
    def test_one_fault_fails_its_metric_and_no_other(self, metric: Metric, answer: Answer) -> None:
        assert failed(QUESTION, answer) == {metric}

    @pytest.mark.parametrize(
        "fault",
        [
            {"quote": "先学一小块机器学习"},
            {"start": 4},
            {"end": 12},
            {"start": 3 - len(BODY), "end": 13 - len(BODY)},
            {"quote": "", "end": 3},
            {"verbatim": True},
            {"language": Language.ENGLISH},
            {"source_id": "someone-else"},
        ],
        ids=str,
    )
    def test_a_quote_must_equal_the_stored_text(self, fault: dict[str, object]) -> None:
        citation = replace(CITATION, **fault)
        assert failed(QUESTION, replace(ANSWER, citations=(citation,))) == {Metric.QUOTES}

    def test_a_stance_counts_only_on_the_asked_topic_and_with_a_voice(self) -> None:
        first, second = ANSWER.positions
        elsewhere = replace(second, topic=Topic.TIME_PLAN)
        nobody = replace(second, voices=())
        for group in (elsewhere, nobody):
            assert failed(QUESTION, replace(ANSWER, positions=(first, group))) == {Metric.STANCES}

    def test_without_a_main_topic_all_stances_on_either_will_do(self) -> None:
        either = replace(QUESTION, any_topic=True)
        other = replace(ANSWER.positions[0], topic=Topic.TIME_PLAN, stance=Stance.NEEDED)
        assert failed(either, replace(ANSWER, positions=(other,))) == set()
        assert failed(either, replace(ANSWER, positions=ANSWER.positions[:1])) == {Metric.STANCES}

    def test_a_topic_without_positions_is_an_error_not_a_pass(self) -> None:
        with pytest.raises(ValueError, match="holds no position on framework"):
            judge(replace(QUESTION, topics=(Topic.FRAMEWORK,)), ANSWER, TwoSides())

    def test_what_was_never_told_must_not_be_read(self) -> None:
        untold = replace(
            QUESTION, goals=(None,), weeks=None, hours=None, direction=None, background={}
        )
        read = {Metric.GOAL, Metric.WEEKS, Metric.HOURS, Metric.DIRECTION}
        assert failed(untold, ANSWER) == read
        blank = replace(ANSWER, learner=Learner(Language.CHINESE, direction=Direction.GENERAL))
        assert failed(untold, blank) == set()
        counted = {one.metric for one in judge(untold, blank, TwoSides())}
        assert Metric.GOAL in counted
        assert counted.isdisjoint({Metric.WEEKS, Metric.HOURS, Metric.DIRECTION})

    def test_any_leaves_a_reading_open(self) -> None:
        open_question = replace(QUESTION, weeks="any", hours="any", direction="any")
        for learner in (LEARNER, Learner(Language.CHINESE, Goal.GRADUATION_PROJECT)):
            counted = {
                one.metric
                for one in judge(open_question, replace(ANSWER, learner=learner), TwoSides())
            }
            assert counted.isdisjoint({Metric.WEEKS, Metric.HOURS, Metric.DIRECTION})

    def test_out_of_scope_only_abstention_counts(self) -> None:
        assert failed(OUTSIDE, ANSWER) == {Metric.ABSTAINS}
        silent = replace(ANSWER, abstained=True, citations=(), positions=())
        findings = judge(OUTSIDE, silent, TwoSides())
        assert {one.metric for one in findings} == {Metric.LANGUAGE, Metric.ABSTAINS}
        assert all(one.passed for one in findings)

    def test_shares_are_counted_per_finding(self) -> None:
        wrong = replace(CITATION, end=12)
        findings = judge(QUESTION, replace(ANSWER, citations=(CITATION, wrong)), TwoSides())
        assert share(findings, Metric.QUOTES) == (1, 2)
        assert share(findings, Metric.ABSTAINS) == (0, 0)
        assert dropped_share([ANSWER, ANSWER]) == (2, 10)


class TestTheReport:
    async def test_asks_every_question_and_counts_each_half_and_language_apart(self) -> None:
        english = replace(QUESTION, id="en-x-01", language=Language.ENGLISH, half=Half.TEST)
        asked: list[str] = []

        async def ask(text: str) -> Answer:
            asked.append(text)
            return ANSWER

        judged = await ask_all([QUESTION, OUTSIDE, english], Tutoring(ask, TwoSides()))
        assert asked == [QUESTION.text] * 3
        assert counts(judged, (Half.TUNE, None))[Metric.LANGUAGE] == (2, 2)
        assert counts(judged, (Half.TUNE, Language.ENGLISH))[Metric.LANGUAGE] == (0, 0)
        assert counts(judged, (Half.TEST, None))[Metric.LANGUAGE] == (0, 1)
        assert counts(judged, (Half.TUNE, None))[Metric.ABSTAINS] == (0, 1)
        assert [one["id"] for one in failures(judged, Half.TUNE)] == [OUTSIDE.id]
        assert [one["id"] for one in failures(judged, Half.TEST)] == [english.id]

    def test_the_table_leaves_out_what_was_not_asked(self) -> None:
        judged = [Judged(QUESTION, ANSWER, tuple(judge(QUESTION, ANSWER, TwoSides())))]
        header, *rows = table(judged).splitlines()
        assert header.split() == ["target", "tune", "zh", "tune", "all"]
        required = next(row for row in rows if row.startswith(Metric.REQUIRED))
        assert required.split()[-5:] == ["0.95", "1.000", "(1/1)", "1.000", "(1/1)"]
        assert len(COLUMNS) == 6
