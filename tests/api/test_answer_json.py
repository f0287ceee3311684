"""The JSON of an answer: every key, with plain values only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from api.answer_json import answer_object
from api.goal_reason import goal_reason
from corpus.types import Bilingual, Goal, Language, Topic
from tutor.answer import Answer, Usage, Writer
from tutor.learner import Known, Learner


def test_the_keys_are_those_that_are_documented(chinese_answer: Answer) -> None:
    made = answer_object(chinese_answer)
    assert set(made) == {
        "question",
        "asked",
        "topics",
        "writer",
        "model",
        "usage",
        "notices",
        "text",
        "abstained",
        "language",
        "learner",
        "positions",
        "one_sided",
        "citations",
        "plan",
        "finished",
        "courses",
        "follow_ups",
        "sentences",
        "check",
        "timings_ms",
    }
    assert set(made["learner"]) == {
        "goal",
        "goal_reason",
        "direction",
        "weeks",
        "hours_per_week",
        "background",
        "language",
    }
    assert set(made["citations"][0]) == {
        "number",
        "author",
        "platform",
        "title",
        "url",
        "published",
        "quote",
        "source_id",
        "start",
        "end",
        "kind",
        "language",
        "verbatim",
        "rendering",
        "age_warning",
    }


def test_who_wrote_and_what_it_cost_is_told(chinese_answer: Answer) -> None:
    notice = Bilingual(zh="中途停了。", en="It broke off.")
    answer = replace(
        chinese_answer,
        asked="学深度学习要先学机器学习吗？",
        topics=(Topic.ML_BEFORE_DL,),
        writer=Writer.MODEL,
        model="some-model",
        usage=Usage(calls=2, input_tokens=900, output_tokens=80, cost=0.01),
        notices=(notice,),
    )
    made = answer_object(answer)
    assert (made["asked"], made["topics"]) == ("学深度学习要先学机器学习吗？", ["ml-before-dl"])
    assert (made["writer"], made["model"]) == ("model", "some-model")
    assert made["usage"] == {"calls": 2, "input_tokens": 900, "output_tokens": 80, "cost": 0.01}
    assert made["notices"] == [{"zh": "中途停了。", "en": "It broke off."}]


def test_the_sentences_make_up_the_text(chinese_answer: Answer) -> None:
    first, second = chinese_answer.sentences
    answer = replace(chinese_answer, sentences=(first, replace(second, before="\n\n")))
    sentences = answer_object(answer)["sentences"]
    assert "".join(each["before"] + each["text"] for each in sentences) == answer.text


def test_a_goal_from_an_earlier_turn_says_so() -> None:
    learner = Learner(Language.CHINESE, Goal.JOB, Known.EARLIER, "毕设")
    assert goal_reason(learner) == "你之前说的"
    assert goal_reason(replace(learner, language=Language.ENGLISH)) == "you named it before"
    assert goal_reason(replace(learner, goal_known=Known.STATED)) == "你自己设定的"


def test_everything_survives_a_round_trip(chinese_answer: Answer) -> None:
    made = answer_object(chinese_answer)
    assert json.loads(json.dumps(made)) == made


def test_positions_say_who_and_where(chinese_answer: Answer) -> None:
    first = answer_object(chinese_answer)["positions"][0]
    assert (first["topic"], first["stance"]) == ("ml-before-dl", "not-needed")
    assert first["perspectives"][1] == {
        "author": "李二",
        "url": "https://example.org/answer/3",
        "platform": "zhihu",
        "source_id": "li-go",
        "citation": None,
        "guessed": False,
    }


def test_quotes_are_given_exactly_as_stored(chinese_answer: Answer) -> None:
    assert answer_object(chinese_answer)["citations"][0]["quote"] == "别等学完，\n先跑通一个模型。"


@pytest.mark.parametrize(
    ("known", "chinese", "english"),
    [
        (Known.READ, "你提到「毕设」", "you mentioned “毕设”"),
        (Known.LIKELY, "从你的话推测", "inferred from what you wrote"),
        (Known.STATED, "你自己设定的", "you set it"),
        (Known.UNKNOWN, "没有提到", "not stated"),
    ],
)
def test_the_reason_for_the_goal_is_in_the_language_of_the_answer(
    known: Known, chinese: str, english: str
) -> None:
    learner = Learner(Language.CHINESE, Goal.JOB, known, "毕设")
    assert goal_reason(learner) == chinese
    assert goal_reason(replace(learner, language=Language.ENGLISH)) == english
