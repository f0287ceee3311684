"""The text of a completion and its annotations."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from completion_material import OWN_WORDS, abstention, chinese_answer, turn_of

from api.openai_compatible.answer_text import AnswerText
from corpus.types import Bilingual
from tutor.answer import Answer
from tutor.events import Notice


def written(answer: Answer, *notices: Notice) -> tuple[str, AnswerText]:
    text = AnswerText()
    return "".join(text.add(event) for event in turn_of(answer, *notices)), text


def test_the_text_is_that_of_the_answer_with_its_sources_below() -> None:
    content, text = written(chinese_answer())
    assert content.startswith(f"{chinese_answer().text}\n\n---\n\n**来源**")
    assert [source["number"] for source in text.sources()] == [1, 2]


def test_sentences_come_one_by_one() -> None:
    text = AnswerText()
    added = [added for event in turn_of(chinese_answer()) if (added := text.add(event))]
    sentences = [each.before + each.text for each in chinese_answer().sentences]
    assert added[:-1] == sentences


def test_each_annotation_names_the_place_of_a_marker_and_its_source() -> None:
    content, text = written(chinese_answer())
    cited = [each["url_citation"] for each in text.annotations()]
    assert all(each["type"] == "url_citation" for each in text.annotations())
    markers = [content[each["start_index"] : each["end_index"]] for each in cited]
    assert markers == ["[1]", "[1]", "[2]"]
    assert [each["url"] for each in cited] == [
        "https://example.org/answer/1",
        "https://example.org/answer/1",
        "https://example.org/answer/2",
    ]


def test_clients_that_number_the_sources_as_they_come_get_our_numbers() -> None:
    answer = chinese_answer()
    swapped = replace(answer, sentences=tuple(reversed(answer.sentences)))
    _, text = written(swapped)
    titles = [each["url_citation"]["title"] for each in text.annotations()]
    assert list(dict.fromkeys(title[:3] for title in titles)) == ["[1]", "[2]"]
    starts = [each["url_citation"]["start_index"] for each in text.annotations()[:2]]
    assert all(one < next_one for one, next_one in pairwise(starts))


def test_every_number_has_a_title_and_an_address_of_its_own() -> None:
    answer = chinese_answer()
    again = replace(OWN_WORDS, number=2)
    anchored = [replace(OWN_WORDS, number=n, url="https://example.org/#a") for n in (3, 4)]
    first = replace(answer.sentences[0], text="[1][2][3][4]。", citations=(1, 2, 3, 4))
    _, text = written(replace(answer, sentences=(first,), citations=(OWN_WORDS, again, *anchored)))
    cited = [each["url_citation"] for each in text.annotations()]
    assert [each["url"] for each in cited] == [
        "https://example.org/answer/1",
        "https://example.org/answer/1#2",
        "https://example.org/#a",
        "https://example.org/#a-4",
    ]
    assert cited[0]["title"] == "[1] 王一 · 学深度学习要先学机器学习吗"
    assert len({each["title"] for each in cited}) == 4
    assert [each["url"] for each in text.sources()][:2] == [OWN_WORDS.url, OWN_WORDS.url]


def test_sources_can_be_read_as_open_webui_does() -> None:
    _, text = written(chinese_answer())
    for source, annotation in zip(text.sources(), text.annotations()[1:], strict=True):
        assert source["source"]["name"] == annotation["url_citation"]["title"]
        assert source["metadata"][0]["source"] == annotation["url_citation"]["url"]
        assert source["document"] == [source["quote"]]


def test_a_number_that_no_citation_has_is_not_annotated() -> None:
    answer = chinese_answer()
    first = replace(answer.sentences[0], text="不用[1]，见[99]和[2]。")
    _, text = written(replace(answer, sentences=(first,)))
    assert len(text.annotations()) == 1


def test_notices_are_told_below_the_text_whenever_they_come() -> None:
    content, _ = written(chinese_answer(), Notice(Bilingual(zh="没能保存。", en="Not kept.")))
    assert content.count("- 没能保存。") == 1
    assert content.index("没能保存") > content.index(chinese_answer().text)


def test_an_abstention_has_neither_sources_nor_annotations() -> None:
    content, text = written(abstention())
    assert content == abstention().text
    assert (text.annotations(), text.sources()) == ([], [])
