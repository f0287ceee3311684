"""What stands below an answer in small print: for whom it is, who wrote it, what the check did."""

from __future__ import annotations

from collections.abc import Iterator

from api.goal_reason import goal_reason
from corpus.types import Bilingual, Goal
from tutor.answer import Answer, CheckReport, Section, SentenceKind, Writer
from tutor.learner import Learner
from tutor.phrases import goal_name

_OWN_CONCLUSIONS = Bilingual(
    zh="没有编号的句子是本助手自己的推断，不是来源里的话。",
    en="Sentences without a number are the tutor's own conclusions, not the words of a source.",
)


def footer(answer: Answer) -> Iterator[str]:
    """The small print of a printed page, in the language of the answer."""
    yield _assumed_goal(answer.learner)
    yield checked(answer)
    yield from written_by(answer)


def checked(answer: Answer) -> str:
    """How many sentences were written, and what the check made of them."""
    check = answer.check
    mended = _mended(check).text(answer.language)
    counts = Bilingual(
        zh=f"句子核对：写了 {check.sentences} 句，{check.supported} 句通过{mended}，"
        f"删去 {check.dropped} 句。",
        en=f"Sentence check: {check.sentences} written, {check.supported} passed{mended}, "
        f"{check.dropped} dropped.",
    )
    return counts.text(answer.language)


def written_by(answer: Answer) -> Iterator[str]:
    """Which language model wrote the answer and which sentences are its own; nothing if none."""
    if answer.writer is not Writer.MODEL:
        return
    writer = Bilingual(
        zh=f"正文由语言模型 {answer.model} 执笔，结论和人数由程序统计；每一句都核对过才显示。",
        en=f"The language model {answer.model} wrote the body, rules the verdict and the counts; "
        "each sentence was checked before it was shown.",
    )
    yield writer.text(answer.language)
    if any(
        sentence.section is Section.BODY
        and sentence.kind is SentenceKind.INFERENCE
        and not sentence.citations
        for sentence in answer.sentences
    ):
        yield _OWN_CONCLUSIONS.text(answer.language)


def _mended(check: CheckReport) -> Bilingual:
    """In brackets, how many sentences passed otherwise than they were written; else nothing."""
    ways = [
        (check.repaired, "{n} 句修正过", "{n} after a repair"),
        (check.reworded, "{n} 句换成了来源的文字", "{n} in the stored words of the source"),
    ]
    zh = "，".join(chinese.format(n=n) for n, chinese, _ in ways if n)
    en = ", ".join(english.format(n=n) for n, _, english in ways if n)
    return Bilingual(zh=f"（其中 {zh}）" if zh else "", en=f" ({en})" if en else "")


def _assumed_goal(learner: Learner) -> str:
    language = learner.language
    others = ", ".join(goal.value for goal in Goal if goal is not learner.goal)
    if learner.goal is None:
        change = Bilingual(
            zh=f"没有提到目标，按一般情况回答。说明目标：--goal {Goal.JOB}（可选：{others}）",
            en=f"No goal was named, so this is the general answer. Name one: --goal {Goal.JOB} "
            f"(one of: {others})",
        )
        return change.text(language)
    name = goal_name(learner.goal).text(language)
    reason = goal_reason(learner)
    other = Goal.JOB if learner.goal is not Goal.JOB else Goal.GRADUATION_PROJECT
    change = Bilingual(
        zh=f"按目标「{name}」回答（{reason}）。换个目标：--goal {other}（可选：{others}）",
        en=f"Answered for the goal: {name} ({reason}). Change it: --goal {other} "
        f"(one of: {others})",
    )
    return change.text(language)
