"""Words that a sentence puts between quotation marks must be somebody's very words."""

from __future__ import annotations

import re
import unicodedata

_QUOTED = re.compile(
    r"“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"|«([^«»]+)»|‘([^‘’]{12,})’"
)
# Marks that do not match, or that nothing closes, set off words all the same.
_UNMATCHED = re.compile(r"[“「『«\"＂]([^“”「」『』«»\"＂]+)(?:[”」』»\"＂]|$)")
_TITLE = re.compile(r"《([^《》]{2,60})》")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Up to this long, quotation marks set off a term or a title.
_LONGEST_TERM_HAN = 6
_LONGEST_TERM_WORDS = 4


def quoted_words(text: str) -> list[str]:
    """What stands between quotation marks in `text` and is longer than a term."""
    found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    unmatched = _UNMATCHED.findall(_QUOTED.sub("", text))
    return [words for words in (*found, *unmatched) if _is_long(words)]


def titles(text: str) -> list[str]:
    """The titles that stand in 《》 in `text`."""
    return _TITLE.findall(text)


def stands_in(words: str, source: str) -> bool:
    """Whether `source` holds `words` as they are, punctuation and white space aside."""
    return letters(words) in letters(source)


def letters(text: str) -> str:
    """The letters and digits of `text`, full-width forms and case made equal."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def _is_long(words: str) -> bool:
    if _HAN.search(words):
        return len(letters(words)) > _LONGEST_TERM_HAN
    return len(words.split()) > _LONGEST_TERM_WORDS
