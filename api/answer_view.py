"""An answer as a page: the text, then everything by which a reader can judge and change it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from api.blocks import Block, Heading, Line, Lines, Markdown, Table, Tone
from api.goal_reason import goal_reason
from corpus.types import Bilingual, Goal, Kind, Language
from tutor.answer import Answer, Citation, StanceGroup, Voice
from tutor.learner import Learner
from tutor.phrases import goal_name, platform_name, stance_label, topic_name

_MARGIN = 4
_HEADINGS = {
    "sources": Bilingual(zh="来源", en="Sources"),
    "positions": Bilingual(zh="各方看法：{topic}", en="Who says what: {topic}"),
    "follow_ups": Bilingual(zh="接着可以问", en="You could ask next"),
}
_UNDATED = Bilingual(zh="日期未知", en="date unknown")
_OLD = Bilingual(
    zh="写于五年多以前，框架和工具可能已经变了。",
    en="Written more than five years ago; frameworks and tools may have changed.",
)
_ONE_SIDED = Bilingual(zh="来源里只找到这一种看法。", en="The sources hold only this one side.")


def answer_page(answer: Answer) -> Iterator[Block]:
    """The page for `answer`, in its language."""
    language = answer.language
    yield Markdown(answer.text)
    if answer.citations:
        yield Heading(_HEADINGS["sources"].text(language))
        yield Lines(tuple(_sources(answer)))
    for topic, groups in groupby(answer.positions, key=lambda group: group.topic):
        yield Heading(
            _HEADINGS["positions"].text(language).format(topic=topic_name(topic).text(language))
        )
        yield Table((), tuple(_position(group, language) for group in groups))
        if topic in answer.one_sided:
            yield Lines((Line(_ONE_SIDED.text(language), Tone.WARNING),))
    if answer.abstained:
        return  # Its text has said everything, with what could be asked instead.
    if answer.follow_ups:
        yield Heading(_HEADINGS["follow_ups"].text(language))
        yield Lines(tuple(Line(f"- {question}") for question in answer.follow_ups))
    yield Lines(tuple(_footer(answer)))


def cited_words(citation: Citation, language: Language) -> str:
    """The quotation in quotation marks, with whose words they are."""
    quote = " ".join(citation.quote.split())
    if citation.kind is Kind.COURSE:
        label = Bilingual(zh="课程资料（本项目整理）", en="Course facts, in our words")
    elif citation.verbatim:
        label = Bilingual(zh="原文", en="Their own words")
    else:
        label = Bilingual(zh="转述（本项目的话，不是原文）", en="Our summary, not their words")
    return _quoted(label.text(language), quote, language)


def _quoted(label: str, words: str, language: Language) -> str:
    if language is Language.CHINESE:
        return f"{label}：「{words}」"
    return f"{label}: “{words}”"


def _sources(answer: Answer) -> Iterator[Line]:
    language = answer.language
    for citation in answer.citations:
        platform = platform_name(citation.platform).text(language)
        parts = dict.fromkeys([citation.author, platform, *_date(citation, language)])
        yield Line(f"[{citation.number}] " + " · ".join(parts), Tone.STRONG)
        yield Line(citation.title, indent=_MARGIN)
        yield Line(citation.url, Tone.LINK, _MARGIN)
        yield Line(cited_words(citation, language), Tone.QUOTE, _MARGIN)
        if citation.rendering:
            label = Bilingual(zh="中文转述（本项目的话）", en="In English, in our words")
            words = " ".join(citation.rendering.split())
            yield Line(_quoted(label.text(language), words, language), Tone.DIM, _MARGIN)
        if citation.age_warning:
            yield Line(_OLD.text(language), Tone.WARNING, _MARGIN)


def _date(citation: Citation, language: Language) -> list[str]:
    if citation.kind is Kind.COURSE:
        return []
    return [citation.published or _UNDATED.text(language)]


def _position(group: StanceGroup, language: Language) -> tuple[str, str]:
    comma = "、" if language is Language.CHINESE else ", "
    label = stance_label(group.topic, group.stance).text(language)
    return f"{label} ({len(group.voices)})", comma.join(map(_voice, group.voices))


def _voice(voice: Voice) -> str:
    name = f"{voice.author} [{voice.citation}]" if voice.citation else voice.author
    return f"{name} (?)" if voice.guessed else name


def _footer(answer: Answer) -> Iterator[Line]:
    yield Line(_assumed_goal(answer.learner), Tone.DIM)
    check = answer.check
    counts = Bilingual(
        zh=f"句子核对：写了 {check.sentences} 句，{check.supported} 句有来源支持，"
        f"删去 {check.dropped} 句。",
        en=f"Sentence check: {check.sentences} written, {check.supported} supported, "
        f"{check.dropped} dropped.",
    )
    yield Line(counts.text(answer.language), Tone.DIM)


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
