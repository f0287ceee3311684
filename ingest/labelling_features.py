"""What tells that a text takes a side on a topic at all: numbers for a logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpus.embedding import Embedder
from corpus.types import Topic
from ingest.durations import durations
from ingest.labelling import evidence
from ingest.labelling_model import TOPICS, Floats, LabelModel, Sentence
from ingest.labelling_text import mentions, sentences_of

_ENOUGH_MENTIONS = 3
_ENOUGH_SAID = 2
_LONG_WEEKS = 6
_LONG_TOTAL = 20
_UNSEEN = -1.5
# So many sentences are embedded at most: a text of any length costs little more than indexing it.
_EMBEDDED = 8


def telling(text: str, model: LabelModel, embedder: Embedder) -> list[Sentence]:
    """The sentences of `text` that may take a side, at most 8, with their scores."""
    worth = [s for s in sentences_of(text) if any(p.search(s) for p in mentions().values())]
    worth = list(dict.fromkeys(worth))
    if len(worth) > _EMBEDDED:
        # The most promising on each topic come first, then the second on each, and so on.
        promise = np.argsort(-model.word_scores(worth)[:, : len(TOPICS)], axis=0)
        kept = list(dict.fromkeys(promise.ravel()))[:_EMBEDDED]
        worth = [worth[place] for place in sorted(kept)]
    return model.scores(worth, embedder.embed_passages(worth)) if worth else []


def features(text: str, sentences: Sequence[Sentence]) -> Floats:
    """What tells that `text`, with its `telling` sentences, takes a side on each topic: (7, f)."""
    weeks = durations(text)
    lasting = [bool(weeks), max(weeks, default=0) >= _LONG_WEEKS, sum(weeks) > _LONG_TOTAL]
    said = Counter(each.topic for each in evidence(text))
    whole = sentences_of(text)
    seen = {topic: _mentioned(topic, text, whole) for topic in TOPICS}
    rows = []
    for place, topic in enumerate(TOPICS):
        scores = np.sort([each.topics[place] for each in sentences] or [_UNSEEN])
        naming = [s.topics[place] for s in sentences if mentions()[topic].search(s.text)]
        rows.append(
            [
                scores[-1],
                scores[-2] if len(scores) > 1 else scores[-1] - 1,
                max(naming, default=_UNSEEN),
                *seen[topic],
                *seen[Topic.FOUNDATIONS_FOR_LLM],
                min(_ENOUGH_SAID, said[topic]) / _ENOUGH_SAID,
                np.log(max(1, len(whole))),
                *(lasting if topic is Topic.TIME_PLAN else (0.0, 0.0, 0.0)),
            ]
        )
    return np.array(rows, np.float32)


def _mentioned(topic: Topic, text: str, sentences: Sequence[str]) -> tuple[float, float]:
    """How often `text` mentions `topic`, up to enough, and the share of sentences that do."""
    pattern = mentions()[topic]
    times = min(_ENOUGH_MENTIONS, sum(1 for _ in pattern.finditer(text)))
    naming = sum(bool(pattern.search(each)) for each in sentences)
    return times / _ENOUGH_MENTIONS, naming / max(1, len(sentences))
