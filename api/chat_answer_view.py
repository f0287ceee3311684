"""What a chat shows below an answer: its sources, for whom it is, what it learnt of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from api.answer_footer import written_by
from api.answer_view import source_lines, source_origin
from api.blocks import Block, Line, Lines, Markdown, Tone
from api.chat_fields import FIELDS
from api.chat_profile import described, value_of
from api.chat_views import joined
from api.goal_reason import goal_reason
from corpus.errors import UsageError
from corpus.types import Bilingual, Kind, Language
from tutor.answer import Answer, Citation, Section
from tutor.learner import Learner
from tutor.phrases import goal_name

_PLAN = (Section.PLAN, Section.STEPS, Section.COURSES)
_NOTED = Bilingual(zh="记下了：{told}", en="Noted: {told}")
_DROPPED = Bilingual(zh="不再记着：{names}", en="No longer assumed: {names}")
_GOAL = Bilingual(
    zh="按「{goal}」回答（{reason}）。换目标：/goal",
    en="Answered for {goal} ({reason}). Another goal: /goal",
)
_NO_GOAL = Bilingual(
    zh="没有说目标，按一般情况回答。设定目标：/goal",
    en="No goal was named, so this is the general answer. Set one: /goal",
)
_NEXT = Bilingual(zh="接着可以问：{questions}", en="You could ask next: {questions}")
_UNCHECKED = Bilingual(
    zh="没有通过核对而删去的句子：{n} 句（/why 可看）。",
    en="Sentences dropped by the check: {n} (see /why).",
)
_NO_SOURCE = Bilingual(
    zh="上一个回答没有来源 [{number}]，它的来源是 [1] 到 [{last}]。",
    en="The last answer has no source [{number}]; its sources are [1] to [{last}].",
)
_NO_SOURCES = Bilingual(
    zh="还没有带来源的回答。先问一个问题。",
    en="There is no answer with sources yet. Ask something first.",
)


def below_chat_answer(answer: Answer, changed: Sequence[str]) -> Iterator[Block]:
    """The page below an answer; `changed` names the fields of the profile that are new."""
    if answer.citations:
        yield Lines(tuple(compact_sources(answer.citations, answer.language)))
    notes = [Line(text, Tone.STRONG) for text in _changes(answer.learner, changed)]
    if answer.citations:
        notes += [Line(text, Tone.DIM) for text in _small_print(answer)]
    if notes:
        yield Lines(tuple(notes))


def compact_sources(citations: Iterable[Citation], language: Language) -> Iterator[Line]:
    """One line a source with all its numbers: who or which course, where, when and the link."""
    sources: dict[str, list[Citation]] = {}
    for citation in citations:
        sources.setdefault(citation.source_id, []).append(citation)
    for same in sources.values():
        numbers = "".join(f"[{citation.number}]" for citation in same)
        yield Line(f"{numbers} {_origin(same[0], language)} · {same[0].url}", Tone.DIM)


def sources_page(answer: Answer | None, number: str, language: Language) -> Iterator[Block]:
    """All sources of an answer with their quotations, or the one with `number`.

    Raises UsageError where there is none.
    """
    if answer is None or not answer.citations:
        raise UsageError(_NO_SOURCES)
    wanted = answer.citations
    if number:
        asked = number.strip("[] ")
        wanted = tuple(each for each in wanted if str(each.number) == asked)
    if not wanted:
        raise UsageError(
            Bilingual(
                zh=_NO_SOURCE.zh.format(number=number, last=len(answer.citations)),
                en=_NO_SOURCE.en.format(number=number, last=len(answer.citations)),
            )
        )
    yield Lines(tuple(source_lines(wanted, language)))


def plan_page(answer: Answer) -> Iterator[Block]:
    """The steps and courses of an answer, with their sources; nothing where it has no steps."""
    sentences = [each for each in answer.sentences if each.section in _PLAN]
    if not any(each.section in (Section.PLAN, Section.STEPS) for each in sentences):
        return
    yield Markdown("".join(each.before + each.text for each in sentences).strip())
    cited = {number for each in sentences for number in each.citations}
    sources = [each for each in answer.citations if each.number in cited]
    yield Lines(tuple(compact_sources(sources, answer.language)))


def goal_line(learner: Learner, language: Language) -> str:
    """For which goal an answer is and why."""
    if learner.goal is None:
        return _NO_GOAL.text(language)
    name = goal_name(learner.goal).text(language)
    return _GOAL.text(language).format(goal=name, reason=goal_reason(learner))


def _origin(citation: Citation, language: Language) -> str:
    by = citation.title if citation.kind is Kind.COURSE else citation.author
    return source_origin(replace(citation, author=by), language)


def _small_print(answer: Answer) -> Iterator[str]:
    language = answer.language
    yield goal_line(answer.learner, language)
    yield from written_by(answer)
    if answer.check.dropped:
        yield _UNCHECKED.text(language).format(n=answer.check.dropped)
    if answer.follow_ups:
        chinese = language is Language.CHINESE
        quoted = [f"「{each}」" for each in answer.follow_ups] if chinese else answer.follow_ups
        yield _NEXT.text(language).format(questions=("" if chinese else " / ").join(quoted))


def _changes(learner: Learner, changed: Sequence[str]) -> Iterator[str]:
    language = learner.language
    fields = [field for field in FIELDS if field.attribute in changed]
    told = described(learner, fields, language)
    if told:
        yield _NOTED.text(language).format(told=joined(told, language))
    gone = [f.label.text(language) for f in fields if value_of(learner, f) is None]
    if gone:
        yield _DROPPED.text(language).format(names=joined(gone, language))
