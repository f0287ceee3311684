"""Whole answers over the bundled sources."""

from __future__ import annotations

import re

import pytest

from corpus.errors import UsageError
from corpus.index import Index
from corpus.types import Goal, Language, Stance, Topic
from tutor.answer import Answer, Section
from tutor.events import Done, LearnerUnderstood, SentenceReady, SourcesFound
from tutor.phrases import topic_question
from tutor.question import LONGEST_QUESTION
from tutor.tutor import Tutor
from tutor.understanding import Wishes

THESIS = "学深度学习要先学机器学习吗？我只是做毕设"
QUESTIONS = [
    THESIS,
    "do I need machine learning before deep learning?",
    "数学要学到什么程度？想找工作",
    "PyTorch or TensorFlow?",
    "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过",
    "CS231n 要学多久？",
    "辛俊波怎么看？",
    "學深度學習要先學機器學習嗎？",
]


@pytest.fixture(params=QUESTIONS)
async def answer(request: pytest.FixtureRequest, tutor: Tutor) -> Answer:
    return await tutor.answer(request.param)


async def test_every_quotation_stands_in_the_stored_text(answer: Answer, index: Index) -> None:
    assert answer.citations
    for citation in answer.citations:
        body = index.text(citation.source_id, citation.language, citation.verbatim)
        assert body is not None
        assert body[citation.start : citation.end] == citation.quote


async def test_markers_and_sources_match(answer: Answer) -> None:
    printed = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert list(dict.fromkeys(printed)) == [c.number for c in answer.citations]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))


async def test_nothing_is_dropped_from_what_the_composer_writes(answer: Answer) -> None:
    assert answer.check.dropped == 0
    assert answer.check.supported == len(answer.sentences)


async def test_every_side_of_the_asked_topic_is_shown(tutor: Tutor, index: Index) -> None:
    answer = await tutor.answer(THESIS)
    held = {position.stance for _, position in index.positions(Topic.ML_BEFORE_DL)}
    shown = {g.stance for g in answer.positions if g.topic is Topic.ML_BEFORE_DL}
    assert shown == held
    assert any(sentence.section is Section.DISSENT for sentence in answer.sentences)


async def test_the_goal_changes_the_advice(tutor: Tutor) -> None:
    thesis = await tutor.answer(THESIS)
    job = await tutor.answer(THESIS, Wishes(goal=Goal.JOB))
    assert "直接动手" in thesis.sentences[0].text
    assert "先把机器学习的基础学好" in job.sentences[0].text
    assert job.learner.goal is Goal.JOB


async def test_without_a_goal_the_branches_are_shown_and_one_question_is_asked(
    tutor: Tutor,
) -> None:
    answer = await tutor.answer("学深度学习要先学机器学习吗？")
    assert answer.learner.goal is None
    assert "为了毕业设计" in answer.text
    questions = [s for s in answer.sentences if s.section is Section.QUESTION]
    assert len(questions) == 1


async def test_the_same_question_in_two_languages_rests_on_the_same_people(tutor: Tutor) -> None:
    chinese = await tutor.answer("为了找工作，要先学机器学习再学深度学习吗？")
    english = await tutor.answer("For a job, do I need machine learning before deep learning?")
    assert (chinese.language, english.language) == (Language.CHINESE, Language.ENGLISH)

    def needed(answer: Answer) -> set[str]:
        groups = (g for g in answer.positions if g.stance is Stance.NEEDED)
        return {voice.source_id for group in groups for voice in group.voices}

    assert needed(chinese) == needed(english)
    assert not re.search(r"[\u4e00-\u9fff]{6,}", english.sentences[0].text)


@pytest.mark.parametrize(
    "question",
    ["学钢琴要先学乐理吗？", "How do I bake bread?", "CUDA 安装报错怎么办？", "今天天气怎么样"],
)
async def test_what_the_sources_do_not_cover_is_not_answered(tutor: Tutor, question: str) -> None:
    answer = await tutor.answer(question)
    assert answer.abstained
    assert not answer.citations
    assert len(answer.follow_ups) == 2


async def test_old_advice_on_the_field_is_marked(tutor: Tutor) -> None:
    answer = await tutor.answer("五个月怎么入门深度学习？")
    old = [c for c in answer.citations if c.published and c.published < "2020"]
    assert old
    assert all(citation.age_warning for citation in old)
    assert "2018" in answer.text


@pytest.mark.parametrize("question", ["", "   ", "？？？", "\0", "\ud800"])
async def test_an_empty_question_is_refused(tutor: Tutor, question: str) -> None:
    with pytest.raises(UsageError):
        await tutor.answer(question)


async def test_an_overlong_question_is_refused_and_a_long_one_answered(tutor: Tutor) -> None:
    with pytest.raises(UsageError):
        await tutor.answer("长" * (LONGEST_QUESTION + 1))
    story = "我是大四学生，" * 20 + "学深度学习要先学机器学习吗？"
    assert not (await tutor.answer(story)).abstained


async def test_stray_characters_do_not_disturb(tutor: Tutor) -> None:
    answer = await tutor.answer("学深度学习\0要先学\ud800机器学习吗？\n\n😀")
    assert answer.positions


async def test_the_events_tell_the_story_in_order(tutor: Tutor) -> None:
    events = [event async for event in tutor.ask(THESIS)]
    assert isinstance(events[0], LearnerUnderstood)
    assert isinstance(events[1], SourcesFound)
    assert isinstance(events[-1], Done)
    told = [event.sentence for event in events if isinstance(event, SentenceReady)]
    assert tuple(told) == events[-1].answer.sentences


@pytest.mark.parametrize("topic", Topic)
@pytest.mark.parametrize("language", Language)
async def test_what_the_tutor_suggests_to_ask_it_answers(
    tutor: Tutor, topic: Topic, language: Language
) -> None:
    answer = await tutor.answer(topic_question(topic).text(language))
    assert not answer.abstained
    assert topic in {group.topic for group in answer.positions}


async def test_the_same_topic_is_not_told_twice(tutor: Tutor) -> None:
    answer = await tutor.answer("我数学很差，线代都忘光了，能学深度学习吗")
    texts = [sentence.text for sentence in answer.sentences]
    assert len(texts) == len(set(texts))


async def test_hours_a_week_count(tutor: Tutor) -> None:
    question = "我有两个月，每周 3 小时，怎么入门深度学习？"
    answer = await tutor.answer(question)
    assert "每周 3 小时" in answer.text


async def test_a_person_asked_about_speaks(tutor: Tutor) -> None:
    simplified = await tutor.answer("张少春怎么说？")
    traditional = await tutor.answer("張少春怎麼說？")
    for answer in (simplified, traditional):
        assert {c.author for c in answer.citations} == {"张少春"}


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("你好", "我是先后"),
        ("你是谁？", "我是先后"),
        ("What can you do?", "I am Xianhou"),
        ("谢谢", "好的"),
        ("thanks!", "All right"),
    ],
)
async def test_whoever_greets_is_told_what_this_is(tutor: Tutor, said: str, answered: str) -> None:
    answer = await tutor.answer(said)
    assert answer.text.startswith(answered)
    assert not answer.abstained
    assert answer.citations == ()
