"""Telling that two texts are the same but for small changes.

Shingles after Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHINGLE = 6
_RESEMBLANCE = 0.8
_CONTAINMENT = 0.95
_LENGTH_RATIO = 0.6
_FACTOR = 0x9E3779B97F4A7C15
_SIGNS = re.compile(r"[\W_]+")


def near_duplicate(one: str, other: str) -> bool:
    """Whether two texts are the same but for punctuation, case, width or a few words.

    True from a Jaccard resemblance of 0.8 of their shingles of six signs, or where one holds 95
    percent of the other and is not much longer (the other was shortened).
    """
    return _alike(_shingles(one), _shingles(other))


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
