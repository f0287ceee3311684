"""The labelled claims that scripted writers pick from, each used as seldom as the others."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from evaluation_questions import Half
from support_pairs import Pair
from writer_prompts import Card

from corpus.types import Language
from tutor.free_sentences import is_sentence
from tutor.streaming.stream_cutting import StreamCutter

A_SOURCE = 2


class Claims:
    """The claims of one half that are one sentence on a bundled source.

    A claim of two sentences is left out: its verdict holds for the whole, and the tutor judges
    each sentence for itself. So is a supported one with a quotation: the bundled texts restate, and
    a good writer, who was told so, quotes nobody.
    """

    def __init__(self, pairs: Iterable[Pair], sources: Collection[str], half: Half) -> None:
        self._used: Counter[str] = Counter()
        self._of_source: dict[tuple[str, Language, bool], list[Pair]] = defaultdict(list)
        for pair in pairs:
            known = pair.half is half and pair.evidence.source in sources
            if known and _is_one_sentence(pair) and not _quotes(pair):
                key = (pair.evidence.source, pair.language, pair.supported)
                self._of_source[key].append(pair)

    def pick(
        self, cards: Sequence[Card], language: Language, supported: bool, most: int, seed: str
    ) -> list[tuple[Card, Pair]]:
        """Up to `most` claims on the sources of `cards`, one a source before a second one.

        The claims used least go first; among equals a hash with `seed` decides. Supported ones are
        at most `A_SOURCE` of each source: a good writer does not dwell on one.
        """
        ranked = [
            (depth, self._used[pair.claim], _order(seed, pair.claim), card, pair)
            for card in cards
            for depth, pair in enumerate(self._ranked(card, language, supported, seed))
            if depth < A_SOURCE or not supported
        ]
        first = sorted(ranked, key=lambda one: one[:3])[:most]
        picked = [(card, pair) for *_, card, pair in first]
        self._used.update(pair.claim for _, pair in picked)
        return picked

    def _ranked(self, card: Card, language: Language, supported: bool, seed: str) -> list[Pair]:
        pairs = self._of_source.get((card.source or "", language, supported), ())
        return sorted(pairs, key=lambda p: (self._used[p.claim], _order(seed, p.claim)))


def _is_one_sentence(pair: Pair) -> bool:
    cutter = StreamCutter()
    pieces = [*cutter.feed(pair.claim), *cutter.finish()]
    return len(pieces) == 1 and is_sentence(pieces[0]) and pieces[0].complete


def _quotes(pair: Pair) -> bool:
    return pair.supported and any(mark in pair.claim for mark in '“「『"«')


def _order(seed: str, claim: str) -> bytes:
    return hashlib.sha256(f"{seed}/{claim}".encode()).digest()
