"""Quotation marks in an answer around words that nobody said, and citations that misquote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evaluation_metrics import Metric, Sources, judge
from evaluation_questions import Question
from writer_prompts import letters

from corpus.language import simplified
from corpus.types import Source
from tutor.answer import Answer, Sentence
from tutor.phrases import goal_name

# More kinds of marks than the tutor itself knows, pairs that do not match included.
_OPEN, _CLOSE = '“‘"「『«‹〝„＂', '”’"」』»›〞“＂'
_QUOTED = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]+)[{_CLOSE}]")
_SINGLE = re.compile(r"(?<![\w'])'([^'\n]+)'(?!\w)")
_BLOCK = re.compile(r"(?m)^\s*>\s*(.+)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TERM = {True: 6, False: 4}  # letters, or words, up to which marks set off a term, by Han or not


def misattributed(answer: Answer, sources: Mapping[str, Source]) -> list[str]:
    """The sentences of `answer` with quoted words that no text of a source they cite holds.

    Words of the question and the name of the goal, which say what was understood, may stand in
    quotation marks.
    """
    cited = {c.number: sources[c.source_id] for c in answer.citations if c.source_id in sources}
    goal = answer.learner.goal
    understood = [answer.question, simplified(answer.question), answer.asked]
    understood += [goal_name(goal).text(answer.language)] if goal else []
    found = []
    for sentence in answer.sentences:
        texts = list(understood)
        texts += [text.body for n in sentence.citations if n in cited for text in cited[n].texts]
        stored = [letters(text) for text in texts]
        quoted = [letters(words) for words in quotations(sentence)]
        if any(not any(words in text for text in stored) for words in quoted):
            found.append(sentence.before.strip() + sentence.text)
    return found


def quotations(sentence: Sentence) -> Iterator[str]:
    """The words of `sentence` that are shown as somebody's very words."""
    text = re.sub(r"\[\d{1,3}\]", "", sentence.text)
    for pattern in (_QUOTED, _SINGLE, _BLOCK):
        for words in pattern.findall(text):
            han = bool(_HAN.search(words))
            if len(letters(words) if han else words.split()) > _TERM[han]:
                yield words


def misquoting(question: Question, answer: Answer, sources: Sources) -> list[str]:
    """The citations of `answer` whose quotation is not the stored text at its place."""
    found = judge(question, answer, sources)
    return [one.detail for one in found if one.metric is Metric.QUOTES and not one.passed]
