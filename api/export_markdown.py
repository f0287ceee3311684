"""A conversation as a Markdown file: what was asked, what was answered, and every source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.answer_view import cited_words
from api.markdown_text import escaped, link
from corpus.types import Bilingual, Kind, Language
from tutor.answer import Citation
from tutor.memory.records import ConversationExport, Feedback, FeedbackKind, Message, Role
from tutor.phrases import author_name, platform_name

_UNTITLED = Bilingual(zh="（还没有提问）", en="(no question yet)")
_DATES = Bilingual(
    zh="开始于 {created}，最近一次回答 {updated}（UTC）", en="From {created} to {updated} (UTC)"
)
_SOURCES = Bilingual(zh="来源", en="Sources")
_UNDATED = Bilingual(zh="日期未知", en="date unknown")
_FEEDBACK = {
    FeedbackKind.HELPFUL: Bilingual(zh="你的反馈：有帮助", en="Your feedback: helpful"),
    FeedbackKind.NOT_HELPFUL: Bilingual(zh="你的反馈：没有帮助", en="Your feedback: not helpful"),
    FeedbackKind.WRONG_CITATION: Bilingual(
        zh="你的反馈：引用有误", en="Your feedback: wrong citation"
    ),
}


def conversation_markdown(export: ConversationExport, language: Language) -> str:
    """The file, with its own words in `language`; messages and quotations stay as they are."""
    return "\n\n".join(_parts(export, language)) + "\n"


def _parts(export: ConversationExport, language: Language) -> Iterator[str]:
    head = export.head
    yield f"# {escaped(head.title) or _UNTITLED.text(language)}"
    yield _DATES.text(language).format(
        created=f"{head.created:%Y-%m-%d %H:%M}", updated=f"{head.updated:%Y-%m-%d %H:%M}"
    )
    for message in export.messages:
        if message.role is Role.LEARNER:
            yield f"## {message.turn}"
            yield _quoted(message.text)
        else:
            yield message.text
            yield from _sources(message, language)
            yield from _feedback(message, export.feedback, language)


def _sources(message: Message, language: Language) -> Iterator[str]:
    if message.citations:
        yield f"### {_SOURCES.text(language)}"
    for citation in message.citations:
        yield f"- \\[{citation.number}\\] {_origin(citation, language)}"
        yield f"  > {escaped(cited_words(citation, language))}"


def _origin(citation: Citation, language: Language) -> str:
    parts = [
        author_name(citation.author, language),
        platform_name(citation.platform).text(language),
    ]
    if citation.kind is not Kind.COURSE:
        parts.append(citation.published or _UNDATED.text(language))
    return " · ".join([*map(escaped, dict.fromkeys(parts)), link(citation.title, citation.url)])


def _feedback(message: Message, feedback: Iterable[Feedback], language: Language) -> Iterator[str]:
    for each in feedback:
        if each.message_id == message.id:
            said = [_FEEDBACK[each.kind].text(language), each.sentence, each.comment]
            yield _quoted(" · ".join(part for part in said if part))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines() or [""])
