"""Rows are read back by versions of the program other than the one that wrote them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_material import ANSWER, CITATION, LEARNER

from corpus.types import Language
from tutor.answer import Answer, Citation
from tutor.learner import Learner
from tutor.memory.codec import decode, decode_each, encode
from tutor.memory.storable import storable, storable_value

FIRST_VERSION = Path(__file__).with_name("answer_of_first_version.json")


def through_json(value: object) -> object:
    return json.loads(json.dumps(encode(value)))


@pytest.mark.parametrize("value", [ANSWER, LEARNER, CITATION])
def test_what_is_written_is_read_back(value: object) -> None:
    assert decode(type(value), through_json(value)) == value


def test_a_row_of_the_first_version_can_be_read() -> None:
    """A field that has been added since must have a default."""
    answer = decode(Answer, json.loads(FIRST_VERSION.read_text("utf-8")))
    assert answer.text == "不用先学完 [1]。"
    assert answer.citations[0].quote == "马上动手"
    assert answer.learner.goal_words == "毕设"


def test_fields_of_a_later_version_are_ignored() -> None:
    stored = through_json(ANSWER)
    stored["mood"] = "cheerful"
    stored["citations"][0]["licence"] = {"name": "CC"}
    assert decode(Answer, stored) == ANSWER


def test_the_smallest_part_around_an_unknown_value_is_left_out() -> None:
    stored = through_json(ANSWER)
    stored["topics"].append("quantum-computing")
    stored["sentences"][0]["section"] = "epilogue"
    stored["learner"]["goal"] = "world-peace"
    stored["writer"] = "committee"
    answer = decode(Answer, stored)
    assert answer.topics == ANSWER.topics
    assert answer.sentences == ANSWER.sentences[1:]
    assert answer.learner.goal is None
    assert answer.learner.goal_words == "毕设"
    assert answer.citations == ANSWER.citations


def test_one_unreadable_citation_does_not_take_the_others_along() -> None:
    stored = [through_json(CITATION), {"number": 2}, "nonsense", None]
    assert decode_each(Citation, stored) == (CITATION,)


@pytest.mark.parametrize("stored", [None, [], "x", {}, {"language": "tlh"}])
def test_too_little_is_an_error(stored: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        decode(Learner, stored)


def test_decoding_does_not_change_what_it_is_given() -> None:
    stored = through_json(LEARNER) | {"goal": "unknown-goal"}
    decode(Learner, stored)
    assert stored["goal"] == "unknown-goal"


def test_a_number_that_json_does_not_know_becomes_none() -> None:
    learner = Learner(Language.ENGLISH, weeks=math.nan, hours_per_week=math.inf)
    assert decode(Learner, through_json(learner)) == Learner(Language.ENGLISH)


ANY_TEXT = st.text(st.characters())  # surrogates included


@given(ANY_TEXT)
def test_every_database_takes_storable_text(text: str) -> None:
    kept = storable(text)
    kept.encode()
    assert "\x00" not in kept
    assert storable(kept) == kept
    if not any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        assert kept == text


@given(st.recursive(ANY_TEXT | st.floats() | st.none(), st.lists), ANY_TEXT)
def test_every_database_takes_a_storable_value(value: object, key: str) -> None:
    json.dumps(storable_value({key: value}), ensure_ascii=False, allow_nan=False).encode()
