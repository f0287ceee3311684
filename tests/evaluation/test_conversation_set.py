"""The set of conversations is sound and balanced, and no metric passes what it should fail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from evaluate_conversations import counts, failures, play, report, table
from evaluation_conversations import (
    CONVERSATIONS,
    Metric,
    Reply,
    Said,
    Script,
    Trait,
    half_of,
    judge,
    load_conversations,
)
from evaluation_questions import QUESTIONS, Half

import corpus
import tutor
from corpus.types import Direction, Goal, Kind, Language, Stance, Topic
from tutor.answer import Answer, CheckReport, Citation, StanceGroup
from tutor.conversation import NEW_CONVERSATION, Conversation, Turn, continued
from tutor.learner import Background, Learner, Level

ALL = load_conversations()
TURNS = [(script, said) for script in ALL for said in script.turns]
BUNDLED = Path(corpus.__file__).parent
TOPICS_OF = {
    path.stem: {
        position["topic"]
        for position in yaml.safe_load(path.read_text("utf-8").split("---\n")[1])["positions"]
    }
    for path in (BUNDLED / "perspectives").glob("*.md")
}
COURSES = {path.stem for path in (BUNDLED / "courses").glob("*.yaml")}
LEARNED_FROM = ("example_questions.yaml", "example_goals.yaml")
# Bytes. A shorter message ("what about math", "那数学呢") is too short to be anyone's own.
OWN_WORDS = 30


class TestTheSet:
    def test_has_enough_conversations_of_two_to_six_turns_in_both_languages(self) -> None:
        languages = Counter(script.language for script in ALL)
        assert len({script.id for script in ALL}) == len(ALL) >= 44
        assert min(languages.values()) >= 0.45 * len(ALL)
        assert {len(script.turns) for script in ALL} <= {2, 3, 4, 5, 6}

    def test_the_half_follows_from_the_id(self) -> None:
        assert {one.id: one.half for one in ALL} == {one.id: half_of(one.id) for one in ALL}

    def test_the_halves_are_balanced(self) -> None:
        sizes = Counter((script.language, script.half) for script in ALL)
        for language in Language:
            assert abs(sizes[language, Half.TUNE] - sizes[language, Half.TEST]) <= 4

    def test_has_every_trait_in_both_languages_and_in_both_halves(self) -> None:
        places = {
            (trait, place)
            for script in ALL
            for trait in script.traits
            for place in (script.language, script.half)
        }
        assert places == {(trait, place) for trait in Trait for place in (*Language, *Half)}

    def test_has_every_goal_and_topic_in_both_halves(self) -> None:
        for half in Half:
            mine = [said for script, said in TURNS if script.half is half]
            assert {said.goal[0] for said in mine if said.goal} == {*Goal, None}
            assert {topic for said in mine for topic in said.topics} == set(Topic)

    def test_every_turn_expects_more_than_a_language(self) -> None:
        for script, said in TURNS:
            expected = (said.goal, said.facts, said.required, said.courtesy, said.changed)
            assert any(expected) or said.abstains is not None, (script.id, said.text)

    def test_required_sources_exist_and_bear_on_the_topic(self) -> None:
        for script, said in TURNS:
            assert said.required <= TOPICS_OF.keys() | COURSES, script.id
            if said.required and said.topics:
                spoken_of = {topic for one in said.required for topic in TOPICS_OF[one]}
                assert spoken_of & set(said.topics), script.id

    def test_courtesies_and_abstentions_ask_for_no_source(self) -> None:
        for script, said in TURNS:
            if said.courtesy or said.abstains:
                assert not said.required, script.id
                assert not said.topics, script.id
            assert not (said.courtesy and said.abstains is not None), script.id

    def test_is_worded_apart_from_what_the_tutor_learned_from(self) -> None:
        """Otherwise the figures would praise the tutor for its memory."""
        examples = [_grams(text) for text in _learned() if _long(text)]
        assert examples
        copies = [
            said.text
            for _, said in TURNS
            if _long(said.text)
            and any(_likeness(_grams(said.text), example) > 0.6 for example in examples)
        ]
        assert copies == []


class TestTheFormat:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[{id: zh-x, langauge: zh}]", r"zh-x: unknown fields \['langauge'\]"),
            ("[{id: zh-x, language: zh, turns: [{say: 那数学呢, gaol: job}]}]", r"\['gaol'\]"),
        ],
    )
    def test_an_unknown_field_is_refused(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / CONVERSATIONS.name
        path.write_text(f"conversations: {text}", encoding="utf-8")
        with pytest.raises(ValueError, match=message):
            load_conversations(path)

    def test_what_is_not_given_is_not_judged_and_a_language_holds_until_the_next(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / CONVERSATIONS.name
        path.write_text(
            "conversations: [{id: zh-x, language: zh, half: tune, traits: [terse], turns: ["
            "{say: 那数学呢, goal: null, topics: [math-depth]},"
            "{say: in English please, language: en}, {say: thx, courtesy: true}]}]",
            encoding="utf-8",
        )
        ((asked, switched, thanked),) = (script.turns for script in load_conversations(path))
        assert (asked.goal, asked.abstains, asked.changed) == ((None,), False, None)
        assert (switched.goal, switched.abstains, switched.facts) == (None, None, {})
        assert [one.language for one in (asked, switched, thanked)] == ["zh", "en", "en"]


SAID = Said(
    text="那数学呢",
    language=Language.CHINESE,
    goal=(Goal.JOB,),
    facts={"weeks": 6.0, "hours_per_week": 14.0, "direction": None},
    background={"programming": (Level.NONE, Level.BASIC)},
    topics=(Topic.MATH_DEPTH,),
    required=frozenset({"someone"}),
    abstains=False,
    courtesy=False,
    changed=("goal",),
)
LEARNER = Learner(
    Language.CHINESE,
    goal=Goal.JOB,
    direction=Direction.GENERAL,
    weeks=6.0,
    hours_per_week=14.0,
    background=Background(programming=Level.NONE),
)
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
    quote="先学一小块。",
    start=0,
    end=6,
)
ANSWER = Answer(
    question=SAID.text,
    text="先学一小块。[1]",
    language=Language.CHINESE,
    abstained=False,
    learner=LEARNER,
    sentences=(),
    citations=(CITATION,),
    positions=(),
    one_sided=(),
    courses=(),
    follow_ups=(),
    check=CheckReport(sentences=1, supported=1, dropped=0),
    asked="找工作，数学要学多深？",
    topics=(Topic.MATH_DEPTH, Topic.ML_BEFORE_DL),
)
REPLY = Reply(ANSWER, ("goal",))
SILENT = replace(ANSWER, abstained=True, citations=(), topics=())
OUTSIDE = replace(SAID, topics=(), required=frozenset(), abstains=True)
THANKS = replace(OUTSIDE, abstains=None, courtesy=True)


def failed(said: Said, answer: Answer, changed: tuple[str, ...] = ("goal",)) -> set[Metric]:
    return {one.metric for one in judge(said, Reply(answer, changed)) if not one.passed}


def knowing(**known: Any) -> Answer:
    return replace(ANSWER, learner=replace(LEARNER, **known))


class TestTheMetrics:
    def test_a_good_reply_passes_everything_that_is_judged(self) -> None:
        findings = judge(SAID, REPLY)
        assert all(one.passed for one in findings)
        unjudged = {Metric.ABSTAINS, Metric.UNCHANGED, Metric.COURTESY}
        assert {one.metric for one in findings} == set(Metric) - unjudged

    @pytest.mark.parametrize(
        ("metric", "answer"),
        [
            (Metric.LANGUAGE, replace(ANSWER, language=Language.ENGLISH)),
            (Metric.GOAL, knowing(goal=Goal.RESEARCH)),
            (Metric.GOAL, knowing(goal=None)),
            (Metric.FACTS, knowing(weeks=7.0)),
            (Metric.FACTS, knowing(weeks=None)),
            (Metric.FACTS, knowing(hours_per_week=2)),
            (Metric.FACTS, knowing(direction=Direction.VISION)),
            (Metric.FACTS, knowing(background=Background())),
            (Metric.TOPICS, replace(ANSWER, topics=(Topic.ML_BEFORE_DL, Topic.MATH_DEPTH))),
            (Metric.TOPICS, replace(ANSWER, topics=())),
            (Metric.REQUIRED, replace(ANSWER, citations=())),
            (Metric.ANSWERS, replace(ANSWER, abstained=True)),
        ],
    )
    def test_one_fault_fails_its_metric_and_no_other(self, metric: Metric, answer: Answer) -> None:
        assert failed(SAID, answer) == {metric}

    def test_without_topics_the_first_position_tells_the_main_one(self) -> None:
        group = StanceGroup(Topic.MATH_DEPTH, Stance.NEEDED, ())
        assert failed(SAID, replace(ANSWER, topics=(), positions=(group,))) == set()

    def test_a_goal_that_must_not_be_known_fails_when_it_is(self) -> None:
        without = replace(SAID, goal=(None,))
        assert failed(without, ANSWER) == {Metric.GOAL}
        assert failed(without, knowing(goal=None)) == set()

    def test_out_of_scope_an_answer_fails(self) -> None:
        assert failed(OUTSIDE, ANSWER) == {Metric.ABSTAINS}
        assert failed(OUTSIDE, SILENT) == set()

    def test_thanks_get_neither_sources_nor_an_abstention(self) -> None:
        assert failed(THANKS, ANSWER) == {Metric.COURTESY}
        assert failed(THANKS, SILENT) == {Metric.COURTESY}
        assert failed(THANKS, replace(SILENT, abstained=False)) == set()

    def test_a_change_must_be_said_and_none_invented(self) -> None:
        same = replace(SAID, changed=())
        assert failed(SAID, ANSWER, ()) == {Metric.CHANGED}
        assert failed(SAID, ANSWER, ("weeks", "goal")) == set()
        assert failed(same, ANSWER, ("weeks",)) == {Metric.UNCHANGED}
        assert failed(same, ANSWER, ()) == set()

    def test_a_turn_that_expects_nothing_is_judged_by_its_language_alone(self) -> None:
        free = replace(THANKS, goal=None, facts={}, background={}, courtesy=False, changed=None)
        assert [one.metric for one in judge(free, REPLY)] == [Metric.LANGUAGE]


def script(script_id: str, half: Half, *turns: Said) -> Script:
    return Script(script_id, turns[0].language, half, (Trait.TERSE,), turns)


class TestPlaying:
    async def test_each_turn_knows_those_before_it_and_a_new_conversation_none(self) -> None:
        heard: list[tuple[str, Conversation]] = []

        async def ask(question: str, conversation: Conversation) -> Reply:
            heard.append((question, conversation))
            return Reply(replace(ANSWER, question=question), ())

        first = script("zh-a", Half.TUNE, replace(SAID, text="一"), replace(SAID, text="二"))
        await play([first, script("zh-b", Half.TUNE, SAID)], ask)
        turn = Turn("一", ANSWER.asked, ANSWER.text, ANSWER.topics)
        assert heard == [
            ("一", NEW_CONVERSATION),
            ("二", Conversation((turn,), LEARNER)),
            (SAID.text, NEW_CONVERSATION),
        ]

    def test_the_last_six_turns_are_kept(self) -> None:
        conversation = NEW_CONVERSATION
        for number in range(8):
            conversation = continued(conversation, replace(SILENT, question=str(number)))
        assert [turn.question for turn in conversation.turns] == list("234567")
        assert all(turn.abstained for turn in conversation.turns)

    async def test_halves_and_languages_are_counted_apart_and_only_tuning_failures_shown(
        self,
    ) -> None:
        english = replace(SAID, language=Language.ENGLISH)
        scripts = [script("zh-a", Half.TUNE, SAID, OUTSIDE), script("en-a", Half.TEST, english)]

        async def ask(question: str, conversation: Conversation) -> Reply:
            return REPLY

        judged = await play(scripts, ask)
        assert counts(judged, (Half.TUNE, None))[Metric.GOAL] == (2, 2)
        assert counts(judged, (Half.TUNE, Language.CHINESE))[Metric.ABSTAINS] == (0, 1)
        assert counts(judged, (Half.TUNE, Language.ENGLISH))[Metric.GOAL] == (0, 0)
        assert counts(judged, (Half.TEST, None))[Metric.LANGUAGE] == (0, 1)
        assert [(one["turn"], one["metric"]) for one in failures(judged)] == [
            ("zh-a/2", Metric.ABSTAINS)
        ]
        assert report(judged)["turns"] == 3
        goal = next(row for row in table(judged).splitlines() if row.startswith(Metric.GOAL))
        assert goal.split()[2:] == ["1.000", "(2/2)"] * 2 + ["1.000", "(1/1)"] * 2


def _learned() -> Iterator[str]:
    """The examples that the tutor was fitted to, and what other sets let its authors see."""
    for name in LEARNED_FROM:
        yield from _strings(yaml.safe_load(Path(tutor.__file__).with_name(name).read_text("utf-8")))
    for question in yaml.safe_load(QUESTIONS.read_text("utf-8")):
        if question["half"] == Half.TUNE:
            yield question["question"]
    for path in CONVERSATIONS.parent.glob(f"{CONVERSATIONS.stem}_*.yaml"):
        yield from _strings(yaml.safe_load(path.read_text("utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)


def _long(text: str) -> bool:
    return len(_folded(text).encode()) >= OWN_WORDS


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _grams(text: str) -> set[str]:
    folded = _folded(text)
    return {folded[at : at + 3] for at in range(max(1, len(folded) - 2))}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
