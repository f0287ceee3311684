"""What became of the sentences that a scripted writer wrote, and whether an answer is whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from evaluation_metrics import Metric, Sources, judge
from evaluation_questions import Question
from writer_prompts import letters
from writer_scripts import Written

from corpus.types import Perspective, Source
from tutor.answer import Answer, Section, Sentence
from tutor.events import Event, Notice
from tutor.phrases import goal_name

_MARKER = re.compile(r"\[\d{1,3}\]")
_POINTER = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]*>")  # a link, picture or tag
_LEAST_PIECE = 2  # letters of a sentence that can be recognised within a longer text
_SAID = (Section.SPLIT, Section.VOICES, Section.DISSENT)


@dataclass(frozen=True, slots=True)
class Fate:
    """A written sentence and the sentence of the answer that prints it, if one does.

    `written` is None for a sentence of the body that nobody is known to have written; `cites` are
    the sources that the printed sentence cites. A `reworded` one is not printed, but stored words
    of its source stand in the body in its place.
    """

    written: Written | None
    printed: Sentence | None
    cites: frozenset[str] = frozenset()
    reworded: bool = False

    @property
    def let_out(self) -> bool:
        """Whether it is not a good sentence and is in the answer in any form."""
        return self.printed is not None and not (self.written and self.written.good)

    @property
    def moved(self) -> bool:
        """Whether it is printed under another source than the writer's."""
        known = self.written is not None and self.written.source is not None
        return self.printed is not None and known and self.written.source not in self.cites

    @property
    def lost(self) -> bool:
        """Whether it is a good sentence that is missing, changed or under another source, and no
        stored words of its source stand in its place."""
        if self.written is None or not self.written.good or self.reworded:
            return False
        if self.printed is None or self.moved:
            return True
        return _words(self.printed.text) != letters(self.written.claim)


def fates(
    answer: Answer,
    written: Sequence[Written],
    repairs: Sequence[Written] = (),
    sources: Mapping[str, Source] = MappingProxyType({}),
) -> list[Fate]:
    """One for each sentence `written`, one for each repair and stray sentence in the answer.

    `sources` tell which sentences are in stored words.
    """
    cited = {citation.number: citation.source_id for citation in answer.citations}
    known = [*written, *repairs]
    printed: dict[int, list[Sentence]] = {}
    strays: list[Sentence] = []
    stored: Counter[str] = Counter()
    for sentence in _body(answer):
        place = _exact_place(sentence, known)
        of = None if place is not None else stored_source(sentence, answer, sources)
        place = _place_of_part(sentence, known) if place is None and of is None else place
        if of is not None:
            stored[of] += 1
        elif place is None:
            strays.append(sentence)
        else:
            printed.setdefault(place, []).append(sentence)
    found = []
    for place, one in enumerate(known):
        shown = printed.get(place, [])
        if shown or place < len(written):
            cites = frozenset(cited[n] for each in shown for n in each.citations)
            reworded = not shown and stored[one.source or ""] > 0
            stored[one.source or ""] -= reworded
            found.append(Fate(one, shown[0] if shown else None, cites, reworded))
    return found + [Fate(None, stray) for stray in strays]


def stored_source(sentence: Sentence, answer: Answer, sources: Mapping[str, Source]) -> str | None:
    """The source whose stored words `sentence` repeats under its own name; None if it does not."""
    ids = {citation.number: citation.source_id for citation in answer.citations}
    cited = [sources[ids[number]] for number in sentence.citations if ids[number] in sources]
    for colon in re.finditer("：|: ", sentence.text):
        head, words = (
            sentence.text[: colon.start()],
            _before_last_marker(sentence.text, colon.end()),
        )
        for source in cited:
            if words and _names(head, source) and words in _stored_words(source):
                return source.id
    return None


def _before_last_marker(text: str, start: int) -> str:
    """The letters of `text` from `start` on, without what a program adds after the markers."""
    last = max((match.start() for match in _MARKER.finditer(text)), default=len(text))
    return _words(text[start:last])


def _names(head: str, source: Source) -> bool:
    if isinstance(source, Perspective):
        names = [source.author, *source.author_aliases]
        return not source.author or any(letters(name) in letters(head) for name in names)
    return any(letters(head) in letters(title) for title in (source.title.zh, source.title.en))


def _stored_words(source: Source) -> str:
    said = [text.body for text in source.texts]
    if isinstance(source, Perspective):
        views = [position.says for position in source.positions if position.says]
        said += [words for view in views for words in (view.zh, view.en)]
    return " ".join(map(letters, said))


def _body(answer: Answer) -> Iterator[Sentence]:
    return (sentence for sentence in answer.sentences if sentence.section is Section.BODY)


def _exact_place(sentence: Sentence, known: Sequence[Written]) -> int | None:
    words = _words(sentence.text)
    return next((i for i, one in enumerate(known) if words and words == letters(one.claim)), None)


def _place_of_part(sentence: Sentence, known: Sequence[Written]) -> int | None:
    return next((i for i, one in enumerate(known) if _is_part(sentence, one)), None)


def _is_part(sentence: Sentence, written: Written) -> bool:
    """Whether either is a part of the other, links and mark-up aside."""
    words = _words(sentence.text)
    if not letters(written.text):
        return written.text in sentence.text
    shorter = [_words(written.text), _words(_POINTER.sub(r"\1", written.text))]
    return len(words) >= _LEAST_PIECE and any(
        words in each or (len(each) >= _LEAST_PIECE and each in words) for each in shorter
    )


def _words(text: str) -> str:
    return letters(_MARKER.sub("", text))


def lacking(question: Question, answer: Answer, sources: Sources) -> list[str]:
    """What an answer lacks: a stance, the goal, a citation, or its language; empty for nothing."""
    found = judge(question, answer, sources)
    lacks = [
        f"{finding.metric}: {finding.detail}"
        for finding in found
        if finding.metric in (Metric.STANCES, Metric.LANGUAGE, Metric.ANSWERS)
        and not finding.passed
    ]
    if not any(sentence.citations for sentence in answer.sentences):
        lacks.append("no cited sentence")
    # Without a topic there is no advice that a goal could change.
    goal = answer.learner.goal if answer.topics else None
    if goal and goal_name(goal).text(answer.language).casefold() not in answer.text.casefold():
        lacks.append(f"the goal {goal} is not said")
    lacks += [f"{group.stance} is not voiced" for group in _unsaid(answer)]
    return lacks


def _unsaid(answer: Answer) -> Iterator[object]:
    counted = {s.topic for s in answer.sentences if s.section is Section.SPLIT}
    for group in answer.positions:
        voiced = any(voice.citation is not None for voice in group.voices)
        if group.topic not in counted and not voiced:
            yield group


def fell_back(answer: Answer) -> bool:
    """Whether no sentence of the model that cites a source is in the answer."""
    return not any(sentence.citations for sentence in _body(answer))


def announced(answer: Answer, events: Iterable[Event]) -> bool:
    """Whether a fallback is announced, as it happens and in the answer, and the composer spoke."""
    seen = any(isinstance(event, Notice) for event in events)
    composed = any(s.citations for s in answer.sentences if s.section is not Section.BODY)
    return seen and bool(answer.notices) and composed
