"""Telling whether a restated view stands in the text below it.

Words decide, not meaning: the sentence that is printed as evidence must be recognisable as the
one that the claim restates.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from corpus.sentences import split_sentences
from corpus.types import Bilingual, Perspective

LEAST_SUPPORT = 0.45
"""The least `support` of a view that stands in its text.

Measured on all bundled views: the lowest has 0.46; with the text of somebody else on the same
subjects, three of a hundred views reach 0.45.
"""

_WORD = re.compile(r"[\u3400-\u9fff]|[a-z0-9][a-z0-9+#]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDING = re.compile(r"(?:ing|ed|es|s|e|ly)$")
_STEM = 4
_PARTICLES = frozenset(
    "的了着过地得是在和与或就也都还再才又很把被让给从对向到于以及而但并之其这那个些一不没有要会能可"
)
_FUNCTION_WORDS = frozenset(
    (
        *("a", "after", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by", "can"),
        *("do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in"),
        *("into", "is", "it", "its", "more", "most", "no", "not", "of", "on", "one", "only", "or"),
        *("she", "so", "than", "that", "the", "their", "them", "then", "these", "they", "this"),
        *("those", "to", "was", "were", "what", "when", "which", "who", "will", "with", "you"),
        "your",
    )
)


def support(claim: Bilingual, perspective: Perspective) -> float | None:
    """How much of `claim` the one or two sentences that come closest to it say, from 0 to 1.

    The share of its words without function words, as the mean over the languages of the restated
    texts; None where nothing is restated.
    """
    shares = [
        _share(claim.text(text.language), text.body)
        for text in perspective.texts
        if not text.verbatim
    ]
    return sum(shares) / len(shares) if shares else None


def _share(claim: str, body: str) -> float:
    wanted = _words(claim)
    spans = [body[start:end] for start, end in split_sentences(body)]
    sentences = [_words(span) for span in spans if not span.startswith("#")]
    windows = [*sentences, *(one | other for one, other in pairwise(sentences))]
    return max((len(wanted & window) for window in windows), default=0) / (len(wanted) or 1)


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(_stem(word) for word in found) - _PARTICLES - _FUNCTION_WORDS


def _stem(word: str) -> str:
    if _HAN.match(word) or word in _FUNCTION_WORDS or len(word) < _STEM:
        return word
    return _ENDING.sub("", word) if len(word) > _STEM else word.removesuffix("s")
