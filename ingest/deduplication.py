"""Telling that two texts are the same but for small changes.

Shingles after Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHINGLE = 6
_RESEMBLANCE = 0.8
_CONTAINMENT = 0.95
_LENGTH_RATIO = 0.6
_SKETCH = 24
_SHARED_IN_SKETCH = 4
_FACTOR = 0x9E3779B97F4A7C15
_SIGNS = re.compile(r"[\W_]+")


def near_duplicate(one: str, other: str) -> bool:
    """Whether two texts are the same but for punctuation, case, width or a few words.

    True from a Jaccard resemblance of 0.8 of their shingles of six signs, or where one holds 95
    percent of the other and is not much longer (the other was shortened).
    """
    return _alike(_shingles(one), _shingles(other))


def duplicate_groups(texts: Sequence[str]) -> list[list[int]]:
    """Groups of places in `texts` that hold near duplicates, each in order and of two or more.

    Only texts that share at least four of their 24 least shingles are compared, so that ten
    thousand texts take seconds: a text is compared with the first of each group so far.
    """
    groups: dict[int, list[int]] = {}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        shingles = _shingles(text)
        sketch = [int(value) for value in shingles[:_SKETCH]]
        shared = Counter(first for value in sketch for first in holders[value])
        needed = min(_SHARED_IN_SKETCH, max(len(sketch), 1))
        likely = [first for first, count in shared.most_common() if count >= needed]
        twin = next((first for first in likely if _alike(shingles, _shingles(texts[first]))), None)
        if twin is not None:
            groups[twin].append(place)
            continue
        groups[place] = [place]
        for value in sketch:
            holders[value].append(place)
    return [group for group in groups.values() if len(group) > 1]


def _shingles(text: str) -> NDArray[np.uint64]:
    """The hashes of all runs of six letters and digits in `text`, sorted, each once."""
    import numpy as np

    key = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    signs = np.frombuffer(key.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = min(_SHINGLE, len(signs))
    if not size:
        return signs
    hashes = np.zeros(len(signs) - size + 1, dtype=np.uint64)
    for offset in range(size):
        hashes = (hashes ^ signs[offset : offset + len(hashes)]) * np.uint64(_FACTOR)
        hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    import numpy as np

    least, most = sorted((len(one), len(other)))
    if not least or least < _LENGTH_RATIO * most:
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _RESEMBLANCE * (least + most - shared) or shared >= _CONTAINMENT * least
