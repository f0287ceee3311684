"""Why an answer is as it is, in words that a learner can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from api.answer_footer import checked, written_by
from api.answer_view import positions
from api.blocks import Block, Line, Lines, Tone
from api.chat_answer_view import goal_line
from corpus.types import Bilingual, Language
from tutor.answer import Answer, Usage, Writer
from tutor.checking.check import Problem
from tutor.events import Trace

_ASKED = Bilingual(zh="理解成的问题：{asked}", en="Understood as: {asked}")
_BY_RULES = Bilingual(
    zh="没有用语言模型：由程序按来源编排。", en="No language model was used: rules set the sources."
)
_USAGE = Bilingual(
    zh="语言模型：调用 {calls} 次，读入 {input:,}、写出 {output:,} 个 token{cost}。",
    en="Language model: {calls} calls, {input:,} tokens read, {output:,} written{cost}.",
)
_COST = Bilingual(zh="，按设定的价格 {cost:.4f}", en=", {cost:.4f} at the configured prices")
_SECONDS = Bilingual(zh="用时 {seconds:.1f} 秒。", en="It took {seconds:.1f} seconds.")
_DROPPED = Bilingual(zh="删去的句子：", en="Dropped:")
_NOT_KEPT = Bilingual(
    zh="删去了什么只在刚答完时能看到，不会保存。",
    en="What was dropped can be seen right after the answer only; it is not kept.",
)
# Numbers of sources that the reader never saw, and the mark of a list item.
_MARKS: Final = re.compile(r"\[\d{1,3}\]|^\s*- ")
_CHINESE: Final[Mapping[str, str]] = {
    Problem.MARKER: "编号没有对应的来源",
    Problem.NO_SOURCE: "没有来源支持",
    Problem.NUMBER: "数字不是来源里说的",
    Problem.TERM: "来源里没有这个名称或术语",
    Problem.COURSE: "来源没有提到这门课",
    Problem.PERSON: "来源里没有这个人的话",
    Problem.QUOTATION: "引号里的话不在来源里",
    Problem.MEANING: "和引文意思相差太远",
    Problem.UNSUPPORTED: "来源没有这样说",
    Problem.STANCE: "不是这个人的立场",
    Problem.ATTRIBUTION: "转述别人的看法却没有来源",
    Problem.OUTSIDE: "内容不在来源和问题里",
    Problem.CONTRARY: "和来源说的相反，或说得更满",
    Problem.LANGUAGE: "不是回答所用的语言",
    Problem.MARKUP: "是表格或代码",
    Problem.LINK: "含有链接、标记或指令",
}


def why_page(answer: Answer, trace: Trace | None, language: Language) -> Iterator[Block]:
    """Goal, split of opinion, what the check kept back, and what it cost.

    `trace` is None for an answer of an earlier session.
    """
    yield Lines(tuple(_question(answer, language)))
    yield from positions(answer)
    yield Lines(tuple(_check(answer, trace, language)))
    yield Lines(tuple(Line(text, Tone.DIM) for text in _making(answer, language)))


def problem_name(problem: str, language: Language) -> str:
    """Why a sentence was dropped; `problem` is the value of a `Problem`."""
    names = _CHINESE if language is Language.CHINESE else {}
    return names.get(problem, problem)


def _question(answer: Answer, language: Language) -> Iterator[Line]:
    if answer.asked and answer.asked != answer.question:
        yield Line(_ASKED.text(language).format(asked=answer.asked))
    yield Line(goal_line(answer.learner, language))


def _check(answer: Answer, trace: Trace | None, language: Language) -> Iterator[Line]:
    yield Line(checked(answer))
    if not answer.check.dropped:
        return
    if trace is None:
        yield Line(_NOT_KEPT.text(language), Tone.DIM)
        return
    yield Line(_DROPPED.text(language))
    comma = "、" if language is Language.CHINESE else "; "
    for text, problems in trace.dropped:
        reasons = comma.join(problem_name(problem, language) for problem in problems)
        yield Line(f"- {_MARKS.sub('', text).strip()} ({reasons})", Tone.DIM)


def _making(answer: Answer, language: Language) -> Iterator[str]:
    for notice in answer.notices:
        yield notice.text(language)
    if answer.writer is Writer.MODEL:
        yield from written_by(answer)
    else:
        yield _BY_RULES.text(language)
    if answer.usage.calls:
        yield _usage(answer.usage, language)
    if total := answer.timings_ms.get("total"):
        yield _SECONDS.text(language).format(seconds=total / 1000)


def _usage(usage: Usage, language: Language) -> str:
    cost = "" if usage.cost is None else _COST.text(language).format(cost=usage.cost)
    return _USAGE.text(language).format(
        calls=usage.calls, input=usage.input_tokens, output=usage.output_tokens, cost=cost
    )
