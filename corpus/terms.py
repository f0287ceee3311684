"""The terms by which text in Chinese and English is found: character bigrams and whole words.

Overlapping character bigrams index Chinese as well as a dictionary segmenter does (Nie, Gao,
Zhang and Zhou, "On the use of words and n-grams for Chinese information retrieval", IRAL 2000)
and need no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

_HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Plus and sharp signs belong to names such as c++ and c#; every other sign separates.
_RUN = re.compile(f"(?P<han>[{_HAN}]+)|[^\\W_{_HAN}]+[+#]*")


_PAIR = re.compile(f"[{_HAN}]{{2}}")


def terms(text: str) -> list[str]:
    """The terms of `text` in their order, with repetitions.

    A run of Han characters gives its overlapping pairs, or the character itself when it stands
    alone; anything else gives lower-cased words and numbers ("c++", "cs231n", "3blue1brown").
    Full-width forms and letter case make no difference.
    """
    found: list[str] = []
    for run in _RUN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = run.group()
        if run["han"] and len(word) > 1:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            found.append(word)
    return found


def share_held(wanted: Sequence[str], held: Collection[str]) -> float:
    """The share of the terms in `wanted` that are among those `held`, in [0, 1].

    `wanted` are the terms of a question in their order. A pair of characters that is not held
    counts by the half for each neighbour that is: it may lie across two words.
    """
    if not wanted:
        return 0.0
    known = sum(term in held for term in wanted)
    across = sum(
        0.5 * held_neighbours(wanted, held, place)
        for place, term in enumerate(wanted)
        if term not in held
    )
    return known / (len(wanted) - across) if known else 0.0


def held_neighbours(wanted: Sequence[str], held: Collection[str], place: int) -> int:
    """How many of the terms before and after `wanted[place]` overlap it and are `held`, 0 to 2."""
    term = wanted[place]
    before, after = wanted[:place][-1:], wanted[place + 1 : place + 2]
    return sum(each in held and overlap(each, term) for each in before) + sum(
        each in held and overlap(term, each) for each in after
    )


def overlap(term: str, following: str) -> bool:
    """Whether two terms that follow one another in a text are pairs that share a character."""
    return term[-1] == following[0] and bool(_PAIR.fullmatch(term) and _PAIR.fullmatch(following))
