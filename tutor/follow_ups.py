"""What to ask next, and what to offer when the sources do not cover a question."""

from __future__ import annotations

from corpus.types import Topic
from tutor.answer import Answer, CheckReport, Section, Sentence, SentenceKind
from tutor.examples import Likeness
from tutor.layout import lay_out
from tutor.material import Material
from tutor.phrases import sentence, topic_question
from tutor.understanding import Understanding

_SUGGESTED = 2


def follow_ups(
    understanding: Understanding, material: Material, likeness: Likeness
) -> tuple[str, ...]:
    """The nearest questions that the answer has not dealt with."""
    answered = {topic.topic for topic in material.topics}
    others = [topic for topic in _nearest(likeness) if topic not in answered]
    return tuple(topic_question(t).text(understanding.language) for t in others[:_SUGGESTED])


def abstention(understanding: Understanding, likeness: Likeness) -> Answer:
    """Two sentences: the sources do not cover this, and two things that they do cover."""
    language = understanding.language
    offers = [topic_question(t).text(language) for t in _nearest(likeness)[:_SUGGESTED]]
    texts = (
        sentence("abstain", language),
        sentence("abstain_offer", language, first=offers[0], second=offers[1]),
    )
    sentences = tuple(Sentence(text, (), SentenceKind.INFERENCE, Section.VERDICT) for text in texts)
    return Answer(
        question=understanding.question,
        text=lay_out(sentences, language),
        language=language,
        abstained=True,
        learner=understanding.learner,
        sentences=sentences,
        citations=(),
        positions=(),
        one_sided=(),
        courses=(),
        follow_ups=tuple(offers),
        check=CheckReport(sentences=2, supported=2, dropped=0),
    )


def _nearest(likeness: Likeness) -> list[Topic]:
    return sorted(likeness.topics, key=lambda topic: -likeness.topics[topic])
