"""What a language model gets to read: numbered sources, trimmed to a budget of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.language import han_share
from corpus.types import Bilingual, Course, Language, Perspective, Position, Source, Text
from tutor.checking.own_sentences import points_elsewhere
from tutor.material import Material
from tutor.phrases import author_name, goal_name, platform_name, stance_label, topic_name
from tutor.quoting import lexical_spans, sentence_spans
from tutor.reading import sources_of

MOST_CARDS = 14
_SENTENCES = 6  # of a source's text, besides its labelled views
_COURSE_SENTENCES = 24
_MOSTLY_HAN = 0.1
_FIELDS = {
    "by": Bilingual(zh="作者：{author}｜平台：{platform}｜日期：{date}", en="Author: {author} | Platform: {platform} | Date: {date}"),  # noqa: E501
    "unknown_date": Bilingual(zh="未知", en="unknown"),
    "view": Bilingual(zh="立场（{topic}）：{stance}{goals}", en="Side taken ({topic}): {stance}{goals}"),  # noqa: E501
    "goals": Bilingual(zh="；说的是：{goals}", en="; said for: {goals}"),
    "course": Bilingual(zh="课程或书：{title}｜提供者：{provider}", en="Course or book: {title} | Provider: {provider}"),  # noqa: E501
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source as the model sees it: `number` from 1, its labels, and sentences of its text."""

    number: int
    source: Source
    labels: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The card as it stands in the prompt."""
        return "\n".join([f"[{self.number}] {self.labels}", " ".join(self.sentences)])


def source_cards(
    material: Material, count_tokens: Callable[[str], int], budget: int
) -> tuple[SourceCard, ...]:
    """The sources of `material` as cards of at most `budget` tokens together.

    The last sentences of the last cards go first, then whole cards from the end; no sentence is
    cut. The first card is kept in any case.
    """
    cards = [
        _card(number, source, material)
        for number, source in enumerate(sources_of(material)[:MOST_CARDS], start=1)
    ]
    return _trimmed(cards, count_tokens, budget)


def _trimmed(
    cards: Sequence[SourceCard], count_tokens: Callable[[str], int], budget: int
) -> tuple[SourceCard, ...]:
    kept = [list(card.sentences) for card in cards]
    costs = [[count_tokens(sentence) for sentence in card.sentences] for card in cards]
    labels = [count_tokens(card.labels) + 4 for card in cards]
    total = sum(labels) + sum(map(sum, costs))
    for least in (1, 0):
        for rank in range(len(kept) - 1, -1, -1):
            while total > budget and len(kept[rank]) > least:
                kept[rank].pop()
                total -= costs[rank].pop()
            if total > budget and not kept[rank] and rank:
                total -= labels[rank]
    return tuple(
        SourceCard(card.number, card.source, card.labels, tuple(sentences))
        for card, sentences in zip(cards, kept, strict=True)
        if sentences or card.number == 1
    )


def _card(number: int, source: Source, material: Material) -> SourceCard:
    language = material.learner.language
    if isinstance(source, Course):
        labels = _FIELDS["course"].text(language)
        titles = " / ".join(dict.fromkeys([source.title.text(language), source.title.en]))
        by = ", ".join([source.provider, *source.instructors])
        labels = labels.format(title=titles, provider=by)
        return SourceCard(number, source, labels, _sentences(source, material, _COURSE_SENTENCES))
    views = [_says(position, language) for position in _positions(source, material)]
    said = [position.says for position in _positions(source, material) if position.says]
    steps = _steps(source, material, language)
    sentences = (*(says.text(language) for says in said), *steps)
    more = _sentences(source, material, _SENTENCES)
    return SourceCard(
        number,
        source,
        "\n".join([_by(source, language), *views]),
        tuple(map(_ended, dict.fromkeys([*sentences, *more]))),
    )


def _by(person: Perspective, language: Language) -> str:
    return (
        _FIELDS["by"]
        .text(language)
        .format(
            author=author_name(person.author, language),
            platform=platform_name(person.platform).text(language),
            date=person.published or _FIELDS["unknown_date"].text(language),
        )
    )


def _positions(person: Perspective, material: Material) -> list[Position]:
    """The person's views on the asked topics, else all."""
    asked = {topic.topic for topic in material.topics}
    return [p for p in person.positions if p.topic in asked] or list(person.positions)


def _says(position: Position, language: Language) -> str:
    joint = "、" if language is Language.CHINESE else ", "
    goals = joint.join(goal_name(goal).text(language) for goal in position.goals)
    return (
        _FIELDS["view"]
        .text(language)
        .format(
            topic=topic_name(position.topic).text(language),
            stance=stance_label(position.topic, position.stance).text(language),
            goals=_FIELDS["goals"].text(language).format(goals=goals) if goals else "",
        )
    )


def _steps(person: Perspective, material: Material, language: Language) -> Iterator[str]:
    """The steps of the path that this person gives, if it is the one that was chosen."""
    if material.path and material.path[0].id == person.id:
        yield " → ".join(step.text.text(language).rstrip("。.") for step in material.path[1].steps)


def _sentences(source: Source, material: Material, most: int) -> tuple[str, ...]:
    """The sentences of the stored text that share most words with the question, in their order.

    Links, and what is written for a machine to obey, the model does not get to read.
    """
    text = _readable(source, material.learner.language)
    if text is None:
        return ()
    singles = [
        (start, end)
        for start, end in sentence_spans(text.body)
        if not points_elsewhere(text.body[start:end])
    ]
    spans = singles[:most]
    if not isinstance(source, Course):
        ranked = lexical_spans(text.body, material.question)
        spans = sorted([(s.start, s.end) for s in ranked if (s.start, s.end) in singles][:most])
    return tuple(_ended(" ".join(text.body[start:end].split())) for start, end in spans)


def _readable(source: Source, language: Language) -> Text | None:
    """The text to show: the author's own words, else ours in the reader's language."""
    texts = sorted(source.texts, key=lambda t: (not t.verbatim, t.language is not language))
    return texts[0] if texts else None


def _ended(sentence: str) -> str:
    """`sentence` with a full stop where a list or a clause had none."""
    sentence = sentence.rstrip("；;：:，, ")
    if sentence[-1:] in "。.!！?？…":
        return sentence
    return sentence + ("。" if han_share(sentence) > _MOSTLY_HAN else ".")
