"""Makes passages in different languages comparable to one question.

A multilingual embedder places texts in the language of the question nearer to it whatever they
say, so that a passage in the other language hardly ever comes first. Taking away what all
passages of a language have in common (Libovický, Rosa and Fraser, "On the Language Neutrality of
Pre-trained Multilingual Representations", Findings of EMNLP 2020) undoes that. It is done in part
only, because a passage in the question's own language is also judged more reliably.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpus.shelves import Shelf
from corpus.types import Kind, Language
from corpus.vectors import Vectors

_PART = 0.8
# As many passages as it takes until the mean of a language counts as much as that of all.
_PRIOR = 2


class LanguageBalance:
    """Knows the mean of each shelf from `samples`, arrays of shape (n, d) with n >= 1."""

    def __init__(self, samples: Mapping[Shelf, Vectors]) -> None:
        self._means = {
            kind: _means({s.language: rows for s, rows in samples.items() if s.kind is kind})
            for kind in {shelf.kind for shelf in samples}
        }

    def bonuses(self, kind: Kind, vector: Vectors) -> dict[Language, float]:
        """What to add to the cosine between `vector`, of shape (d,), and a passage, by language.

        It is 0 for the language that is nearest to the question as a whole, and positive for
        the others. Languages without passages are left out.
        """
        nearness = {
            language: float(mean @ vector) for language, mean in self._means.get(kind, {}).items()
        }
        nearest = max(nearness.values(), default=0.0)
        return {language: _PART * (nearest - near) for language, near in nearness.items()}


def _means(samples: Mapping[Language, Vectors]) -> dict[Language, Vectors]:
    own = {language: rows.mean(axis=0) for language, rows in samples.items()}
    common = np.mean(list(own.values()), axis=0)
    # With few passages the mean says what they are about rather than how their language lies.
    return {
        language: (len(rows) * own[language] + _PRIOR * common) / (len(rows) + _PRIOR)
        for language, rows in samples.items()
    }
