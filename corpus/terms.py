"""The terms by which text in Chinese and English is found: character bigrams and whole words.

Overlapping character bigrams index Chinese as well as a dictionary segmenter does (Nie, Gao,
Zhang and Zhou, "On the use of words and n-grams for Chinese information retrieval", IRAL 2000)
and need no dictionary.
"""

from __future__ import annotations

import re
import unicodedata

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


def overlap(term: str, following: str) -> bool:
    """Whether two terms that follow one another in a text are pairs that share a character."""
    return term[-1] == following[0] and bool(_PAIR.fullmatch(term) and _PAIR.fullmatch(following))
