"""Answers that a language model writes: what leaves, what is mended, and when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing

import pytest
from langchain_core.messages import BaseMessage
from model_answers import THESIS, TRAVELLER, WANG, Asking, few_sources, writing
from pydantic import BaseModel
from scripted_model import Reply, ScriptedModel, busy, server_error, unreachable

from corpus.embedding import Embedder
from corpus.types import Stance, Topic
from tutor.answer import Section, SentenceKind, Writer
from tutor.events import SentenceReady

VERBATIM = "为毕设而学就马上开始，机器学习用到哪里补哪里"
GOOD = (
    f"**{WANG}**（知乎）认为，{VERBATIM}[{WANG}]。\n"
    f"- {TRAVELLER}说：不必把机器学习全学一遍，挑和自己题目有关的几个模型学一学就够[{TRAVELLER}]。"
)
FREE = f"**{WANG}**劝赶毕设的人马上动手，机器学习碰到了再补[{WANG}]。"
BAD = f"{TRAVELLER}主张先花 37 周学完全部数学[{TRAVELLER}]。"


class Verdict(BaseModel):
    """What the scripted judge replies."""

    supported: bool


def judged_by(template: str, *repairs: str | Exception, supported: bool) -> ScriptedModel:
    """A model that writes `template`, and finds everything `supported` or nothing."""
    writes = writing(template, *repairs).answer
    assert writes is not None

    def answer(messages: Sequence[BaseMessage]) -> object:
        asked_to_judge = '"supported"' in str(messages[0].content)
        return Verdict(supported=supported) if asked_to_judge else writes(messages)

    return ScriptedModel(answer=answer)


@pytest.fixture(scope="module")
def asking(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with few_sources(tmp_path_factory.mktemp("few"), embedder) as index:
        yield Asking(index, embedder)


async def test_supported_sentences_leave_with_the_words_they_rest_on(asking: Asking) -> None:
    told = await asking.ask(GOOD)
    body = [s for s in told.answer.sentences if s.section is Section.BODY]
    assert len(body) == 2
    authors = {c.number: c.author for c in told.answer.citations}
    assert [authors[s.citations[0]] for s in body] == [WANG, TRAVELLER]
    assert all(sentence.kind is SentenceKind.OPINION for sentence in body)
    assert (told.answer.writer, told.answer.model) == (Writer.MODEL, "scripted")
    assert told.notices == []


async def test_a_free_paraphrase_is_printed_in_the_stored_words(asking: Asking) -> None:
    told = await asking.ask(FREE)
    body = [s.text for s in told.answer.sentences if s.section is Section.BODY]
    assert len(body) == 1
    assert VERBATIM in body[0]
    assert "碰到了再补" not in told.answer.text
    assert told.answer.check.reworded == 1


async def test_a_judge_lets_a_supported_paraphrase_stand(asking: Asking) -> None:
    told = await asking.ask(judged_by(FREE, supported=True), judge=True)
    assert "碰到了再补" in told.answer.text
    assert told.answer.check.reworded == 0


async def test_a_judge_keeps_back_what_it_does_not_find(asking: Asking) -> None:
    told = await asking.ask(judged_by(FREE, supported=False), judge=True)
    assert "碰到了再补" not in told.answer.text


async def test_the_stream_is_the_answer(asking: Asking) -> None:
    told = await asking.ask(GOOD)
    assert told.streamed == told.answer.text


async def test_every_quotation_stands_in_the_stored_text(asking: Asking) -> None:
    told = await asking.ask(GOOD)
    for citation in told.answer.citations:
        body = asking.index.text(citation.source_id, citation.language, citation.verbatim)
        assert body is not None
        assert body[citation.start : citation.end] == citation.quote


async def test_the_opening_does_not_wait_for_the_model(asking: Asking) -> None:
    tutor = asking.tutor(ScriptedModel(replies=[Reply("好。", silent=True)]))
    first = None
    async with asyncio.timeout(20), aclosing(tutor.ask(THESIS)) as events:
        async for event in events:
            if isinstance(event, SentenceReady):
                first = event.sentence
                break
    tutor.close()
    assert first is not None
    assert first.section is Section.VERDICT


@pytest.mark.parametrize(
    "bad",
    [
        BAD,
        f"李开复认为做毕设应当先学完机器学习[{TRAVELLER}]。",
        f"{TRAVELLER}推荐先看《西瓜书》[{TRAVELLER}]。",
        f"{TRAVELLER}说：“机器学习是一切的根本，没有它寸步难行”[{TRAVELLER}]。",
        f"{WANG}认为，为毕设而学不要马上开始，机器学习用到哪里补哪里[{WANG}]。",
        f"{WANG}认为，机器学习用到哪里补哪里，所有人都不用先学[{WANG}]。",
        "研究表明九成的人都学错了顺序。",
        "想知道更多请看 http://evil.example/course 。",
        f"详情见[这门课](http://evil.example)[{TRAVELLER}]。",
        f"所有人都同意要先考研[{TRAVELLER}]。",
        f"{WANG}在别处说过要先考研[77]。",
        f"This sentence is in another language than the answer [{TRAVELLER}].",
        "只写资料里说的。资料没说的理由、数字、课程、人，一律不写。",
        "作为一个人工智能语言模型，我没有个人意见。",
        "| 阶段 | 周数 |\n|---|---|\n| 一 | 三 |",
        "```python\nimport os\n```",
    ],
)
async def test_an_unsupported_sentence_does_not_leave(asking: Asking, bad: str) -> None:
    told = await asking.ask(f"{GOOD}\n\n{bad}")
    body = [s.text for s in told.answer.sentences if s.section is Section.BODY]
    assert len(body) - told.answer.check.reworded == 2
    assert told.answer.check.dropped + told.answer.check.reworded > 0
    for words in (bad[:12], "http", "西瓜书", "李开复", "考研", "寸步难行", "语言模型"):
        assert words not in told.answer.text


async def test_a_sentence_under_the_wrong_number_moves_to_the_right_one(asking: Asking) -> None:
    told = await asking.ask(f"{WANG}认为，{VERBATIM}[{TRAVELLER}]。")
    moved = next(s for s in told.answer.sentences if s.section is Section.BODY)
    authors = {c.number: c.author for c in told.answer.citations}
    assert [authors[number] for number in moved.citations] == [WANG]
    assert told.answer.check.repaired == 1


async def test_with_a_judge_a_failing_sentence_is_repaired_once(asking: Asking) -> None:
    repair = f"{TRAVELLER}认为基本原理要明白[{TRAVELLER}]。"
    told = await asking.ask(judged_by(f"{GOOD}\n{BAD}", repair, supported=True), judge=True)
    assert "基本原理要明白" in told.answer.text
    assert "37" not in told.answer.text
    assert (told.answer.check.repaired, told.answer.check.dropped) == (1, 0)


@pytest.mark.parametrize("repair", [BAD, "DROP", "", server_error()])
async def test_what_cannot_be_repaired_is_said_in_stored_words(
    asking: Asking, repair: str | Exception
) -> None:
    told = await asking.ask(judged_by(f"{GOOD}\n{BAD}", repair, supported=True), judge=True)
    assert "37" not in told.answer.text
    assert told.answer.check.reworded == 1
    assert told.answer.writer is Writer.MODEL


async def test_nothing_is_said_twice(asking: Asking) -> None:
    told = await asking.ask("\n".join([GOOD] * 5))
    body = [s.text for s in told.answer.sentences if s.section is Section.BODY]
    assert len(body) == len(set(body))
    assert told.answer.check.dropped > 0


async def test_every_side_is_heard_although_the_model_is_silent_on_one(asking: Asking) -> None:
    told = await asking.ask(f"{WANG}认为，{VERBATIM}[{WANG}]。")
    voices = {
        voice.source_id
        for group in told.answer.positions
        if group.topic is Topic.ML_BEFORE_DL and group.stance is Stance.NEEDED
        for voice in group.voices
    }
    cited = {
        told.answer.citations[number - 1].source_id
        for sentence in told.answer.sentences
        if sentence.section in (Section.VOICES, Section.DISSENT)
        for number in sentence.citations
    }
    assert cited & voices


async def test_a_model_without_markers_is_replaced_by_the_composer(asking: Asking) -> None:
    told = await asking.ask("这个问题因人而异。专家普遍认为要打好基础。")
    assert len(told.notices) == 1
    assert any(s.section is Section.VOICES for s in told.answer.sentences)
    assert "专家" not in told.answer.text


@pytest.mark.parametrize("failure", [server_error(), busy(), unreachable()])
async def test_when_the_model_fails_the_composer_answers_and_one_line_says_so(
    asking: Asking, failure: Exception
) -> None:
    told = await asking.ask(lambda _: failure)
    assert len(told.notices) == 1
    assert told.answer.notices == tuple(told.notices)
    assert told.answer.writer is Writer.COMPOSER
    assert any(s.section is Section.VOICES for s in told.answer.sentences)


async def test_when_the_model_breaks_off_its_last_half_sentence_is_left_out(
    asking: Asking,
) -> None:
    def breaks_off(messages: object) -> Reply:
        text = writing(GOOD).answer(messages) + f"\n{TRAVELLER}还说"  # type: ignore[misc]
        return Reply(text, error=server_error(), after=len(text))

    told = await asking.ask(breaks_off)
    assert "还说" not in told.answer.text
    assert told.answer.writer is Writer.MODEL
    assert len(told.notices) == 1


async def test_out_of_scope_the_model_is_not_asked_to_write(asking: Asking) -> None:
    told = await asking.ask("会弹钢琴要先学乐理吗？" * 40, question="学钢琴要先学乐理吗？")
    assert told.answer.abstained
    assert all("写正文" not in request.text for request in told.model.requests)


async def test_sentences_of_its_own_are_few(asking: Asking) -> None:
    own = "先抓和题目有关的部分。时间紧就少看理论。学习要循序渐进。动手时多做记录。学习贵在坚持。"
    told = await asking.ask(f"{own}{GOOD}")
    inferred = [
        s
        for s in told.answer.sentences
        if s.section is Section.BODY and s.kind is SentenceKind.INFERENCE
    ]
    assert len(inferred) <= 3


async def test_stopping_an_answer_cancels_the_request(asking: Asking) -> None:
    tutor = asking.tutor(ScriptedModel(replies=[Reply(GOOD, silent=True, after=3)]))
    async with asyncio.timeout(20), aclosing(tutor.ask(THESIS)) as events:
        async for event in events:
            if isinstance(event, SentenceReady):
                break
    tutor.close()
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert [str(task) for task in left] == []


async def test_what_the_model_reads_is_data_behind_a_code_of_its_own(asking: Asking) -> None:
    told = [await asking.ask(GOOD) for _ in range(2)]
    asked = [str(each.model.requests[0].messages[-1].content).splitlines() for each in told]
    codes = [lines[0] for lines in asked]
    assert codes[0] != codes[1]
    for lines, code in zip(asked, codes, strict=True):
        assert lines.count(code) == 2
        assert any(THESIS in line for line in lines[1 : lines.index(code, 1)])
