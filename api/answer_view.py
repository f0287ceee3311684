"""An answer as a page: the text, then everything by which a reader can judge and change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from api.answer_footer import footer
from api.blocks import Block, Heading, Line, Lines, Markdown, Table, Tone
from api.guess_marks import legend
from corpus.types import Bilingual, Kind, Language
from tutor.answer import Answer, Citation, StanceGroup, Voice
from tutor.phrases import platform_name, stance_label, topic_name

_MARGIN = 4
_HEADINGS = {
    "sources": Bilingual(zh="来源", en="Sources"),
    "positions": Bilingual(zh="各方看法：{topic}", en="Who says what: {topic}"),
    "follow_ups": Bilingual(zh="接着可以问", en="You could ask next"),
}
_NOTICE = Bilingual(zh="注意：{}", en="Note: {}")
_UNDATED = Bilingual(zh="日期未知", en="date unknown")
_OLD = Bilingual(
    zh="写于五年多以前，框架和工具可能已经变了。",
    en="Written more than five years ago; frameworks and tools may have changed.",
)
_ONE_SIDED = Bilingual(zh="来源里只找到这一种看法。", en="The sources hold only this one side.")


def answer_page(answer: Answer) -> Iterator[Block]:
    """The whole page for `answer`, in its language."""
    yield Markdown(answer.text)
    if answer.notices:
        yield Lines(tuple(notice_line(text, answer.language) for text in answer.notices))
    yield from below_text(answer)


def below_text(answer: Answer) -> Iterator[Block]:
    """The page for `answer` without its text and notices, which were shown as they came."""
    language = answer.language
    if answer.citations:
        yield Heading(_HEADINGS["sources"].text(language))
        yield Lines(tuple(source_lines(answer.citations, language)))
    yield from positions(answer)
    if answer.abstained:
        return  # Its text has said everything, with what could be asked instead.
    if answer.follow_ups:
        yield Heading(_HEADINGS["follow_ups"].text(language))
        yield Lines(tuple(Line(f"- {question}") for question in answer.follow_ups))
    yield Lines(tuple(Line(text, Tone.DIM) for text in footer(answer)))


def positions(answer: Answer) -> Iterator[Block]:
    """Who takes which side, a table a topic."""
    language = answer.language
    for topic, groups in groupby(answer.positions, key=lambda group: group.topic):
        yield Heading(
            _HEADINGS["positions"].text(language).format(topic=topic_name(topic).text(language))
        )
        shown = list(groups)
        yield Table((), tuple(_position(group, language) for group in shown))
        yield from legend((voice.guessed for group in shown for voice in group.voices), language)
        if topic in answer.one_sided:
            yield Lines((Line(_ONE_SIDED.text(language), Tone.WARNING),))


def notice_line(notice: Bilingual, language: Language) -> Line:
    """A word about how the answer came about."""
    return Line(_NOTICE.text(language).format(notice.text(language)), Tone.WARNING)


def source_lines(citations: Iterable[Citation], language: Language) -> Iterator[Line]:
    """Each source with title, link, quotation, rendering and a warning of its age."""
    for citation in citations:
        yield Line(f"[{citation.number}] {source_origin(citation, language)}", Tone.STRONG)
        yield Line(citation.title, indent=_MARGIN)
        yield Line(citation.url, Tone.LINK, _MARGIN)
        yield Line(cited_words(citation, language), Tone.QUOTE, _MARGIN)
        if citation.rendering:
            label = Bilingual(zh="中文转述（本项目的话）", en="In English, in our words")
            words = " ".join(citation.rendering.split())
            yield Line(_quoted(label.text(language), words, language), Tone.DIM, _MARGIN)
        if citation.age_warning:
            yield Line(_OLD.text(language), Tone.WARNING, _MARGIN)


def source_origin(citation: Citation, language: Language) -> str:
    """Who said it, where and when."""
    platform = platform_name(citation.platform).text(language)
    return " · ".join(dict.fromkeys([citation.author, platform, *_date(citation, language)]))


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
