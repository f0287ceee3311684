"""Labelling by what was learned from labelled texts; where words say it plainly, they decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.bundled_embedder import BundledEmbedder
from corpus.embedding import Embedder
from corpus.errors import EmbedderError
from corpus.sentences import split_sentences
from corpus.types import Bilingual, Goal, Position, Stance, Topic
from ingest.labelling import Labeller, RuleLabeller, evidence, label
from ingest.labelling_features import features, telling
from ingest.labelling_file import read
from ingest.labelling_model import STANCES, TOPICS, LabelModel, Sentence, side_scores
from ingest.stance_patterns import stance_patterns

# Chosen by cross-validation on one half of the bundled sources; see `docs/evaluation.md`.
_BORNE_OUT = (0.5, 0.0)
_ALONE = (0.5, 0.6)
# Goals whose words hardly ever stand in a text that is for others.
_TELLING_GOALS = frozenset({Goal.GRADUATION_PROJECT, Goal.APPLICATION, Goal.LLM_APPLICATION})
_OFTEN = 2
_OPENING = 2


class LearnedLabeller:
    """Labels texts with the fitted `model` and, where words say it plainly, by the rules.

    `embedder` must be the one that `model` was fitted with. Where it fails, the rules are left.
    It is cautious, for a wrong label puts words into someone's mouth: a side for which there is
    some wording needs less of a lead, and one against which there is some is not taken.
    """

    def __init__(self, embedder: Embedder, model: LabelModel) -> None:
        self._embedder = embedder
        self._model = model

    def label(self, text: str, question: str = "") -> tuple[Position, ...]:
        """The positions that `text`, an answer to `question`, takes; all are `guessed`."""
        plain = label(text, question)
        said = {position.topic for position in plain}
        try:
            learned = tuple(self._learned(text, question))
        except EmbedderError:
            return plain
        return (*plain, *(position for position in learned if position.topic not in said))

    def notes(self) -> tuple[Bilingual, ...]:
        """See `Labeller.notes`."""
        return ()

    def topics(self, text: str) -> dict[Topic, float]:
        """The chance, 0 to 1, that `text` takes a side on each topic. Raises EmbedderError."""
        return self._chances(text, telling(text, self._model, self._embedder))

    def side(self, text: str, topic: Topic) -> tuple[Stance, float]:
        """The side that `text`, if any, takes on `topic`, and its lead over the next one.

        The lead is 0 where no sentence tells. Raises EmbedderError.
        """
        return _side(telling(text, self._model, self._embedder), topic)

    def _learned(self, text: str, question: str) -> Iterator[Position]:
        sentences = telling(text, self._model, self._embedder)
        goals = spoken_to(text, question)
        worded: dict[Topic, set[Stance]] = {}
        for each in evidence(text, question):
            worded.setdefault(each.topic, set()).add(each.stance)
        for topic, chance in self._chances(text, sentences).items():
            stance, lead = _side(sentences, topic)
            stances = worded.get(topic, {stance})
            least_chance, least_lead = _BORNE_OUT if topic in worded else _ALONE
            if stances == {stance} and chance >= least_chance and lead >= least_lead:
                yield Position(topic, stance, goals, guessed=True)

    def _chances(self, text: str, sentences: Sequence[Sentence]) -> dict[Topic, float]:
        chances = self._model.topic_chances(features(text, sentences))
        return {topic: float(chance) for topic, chance in zip(TOPICS, chances, strict=True)}


def spoken_to(text: str, question: str) -> tuple[Goal, ...]:
    """The goals of those that `text`, an answer to `question`, is for.

    A goal counts that the question, a heading or the opening names, and one that the text comes
    back to; the others are merely mentioned.
    """
    pieces = [text[start:end] for start, end in split_sentences(text)]
    headings = [piece for piece in pieces if piece.startswith("#")]
    prominent = "\n".join([question, *headings, *pieces[:_OPENING]])
    return tuple(
        goal
        for goal, pattern in stance_patterns().goals.items()
        if pattern.search(prominent)
        or len(pattern.findall(text)) >= (1 if goal in _TELLING_GOALS else _OFTEN)
    )


def open_labeller() -> Labeller:
    """What labels new texts: the fitted model that ships with the bundled embedder, else rules."""
    model = read()
    embedder = BundledEmbedder()
    try:
        fits = model is not None and model.fingerprint == embedder.fingerprint
    except EmbedderError:
        fits = False
    return LearnedLabeller(embedder, model) if model is not None and fits else RuleLabeller()


def _side(sentences: Sequence[Sentence], topic: Topic) -> tuple[Stance, float]:
    if not sentences:
        return Stance.CORE_SUBSET, 0.0
    scores = side_scores(sentences, topic)
    second, first = np.argsort(scores)[-2:]
    return STANCES[first], float(scores[first] - scores[second])
