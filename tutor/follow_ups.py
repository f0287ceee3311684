"""What to ask next, and what to offer when the sources do not cover a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Language, Topic
from tutor.answer import Answer, CheckReport, Section, Sentence, SentenceKind
from tutor.examples import Likeness
from tutor.layout import lay_out
from tutor.material import Material
from tutor.phrases import sentence, topic_question
from tutor.study_report import StudyReport
from tutor.understanding import Understanding

_SUGGESTED = 2
_MEETING = re.compile(
    "你好|您好|在吗|嗨|早上好|[上中下]午好|晚上好|你是谁|你叫什么|你能做什么|你会什么"
    "|(?<![a-z])(?:hi|hello|hey|good (?:morning|afternoon|evening)|who are you|what can you do)"
    "(?![a-z])"
)


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
    return _without_sources(understanding, texts, offers, abstained=True)


def courtesy(understanding: Understanding, likeness: Likeness) -> Answer:
    """The reply to thanks or a greeting: nothing is looked up, something to ask is offered.

    Whoever greets, or asks what this is, is told.
    """
    language = understanding.language
    offers = [topic_question(t).text(language) for t in _nearest(likeness)[:_SUGGESTED]]
    said = sentence("courtesy", language)
    if _MEETING.search(understanding.question.casefold()):
        said = sentence("meeting", language, first=offers[0])
    return _without_sources(understanding, [said], offers, abstained=False)


def study_reply(understanding: Understanding, report: StudyReport) -> Answer:
    """The reply to what a learner says of the plan that they keep."""
    answer = _without_sources(understanding, report.sentences, (), abstained=False)
    return replace(answer, finished=report.finished)


def _without_sources(
    understanding: Understanding, texts: Sequence[str], offers: Sequence[str], *, abstained: bool
) -> Answer:
    gap = "" if understanding.language is Language.CHINESE else " "
    sentences = tuple(
        Sentence(text, (), SentenceKind.INFERENCE, Section.VERDICT, before=gap if rank else "")
        for rank, text in enumerate(texts)
    )
    return Answer(
        question=understanding.question,
        text=lay_out(sentences),
        language=understanding.language,
        abstained=abstained,
        learner=understanding.learner,
        sentences=sentences,
        citations=(),
        positions=(),
        one_sided=(),
        courses=(),
        follow_ups=tuple(offers),
        check=CheckReport(len(sentences), len(sentences), 0),
    )


def _nearest(likeness: Likeness) -> list[Topic]:
    return sorted(likeness.topics, key=lambda topic: -likeness.topics[topic])
