"""Which of the two languages a text is written in, also when it mixes both."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.types import Language

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|\$[^$\n]*\$|https?://[!-~]+|《[^《》\n]*》", re.DOTALL
)
_CHINESE_WORDS = re.compile(
    r"[的了吗呢吧么嘛啊和与或还是要学先再就也都不没有在把被从到给让怎哪什谁几多为好会能该想用做看问比讲]"
)
_ENGLISH_WORDS = re.compile(
    r"(?<![a-z])(?:the|an?|is|are|was|do|does|did|i|my|me|you|your|we|they|it|to|of|for|in|on|with|"
    r"and|or|but|not|no|before|after|first|what|which|who|how|why|when|should|can|could|would|must|"
    r"need|learn|if|than|from|that|this|about|as|at|by|be|have|has)(?![a-z])",
    re.IGNORECASE,
)
_FULL_WIDTH = re.compile(r"[，。？！；：、「」『』（）《》]")
_MOSTLY_HAN = 0.5
_HARDLY_HAN = 0.04
_MIXED = 0.25


def han_count(text: str) -> int:
    """How many Han characters `text` holds."""
    return len(_HAN.findall(text))


def han_share(text: str) -> float:
    """The share of Han characters among the letters of `text`, from 0 to 1 (0 without letters)."""
    letters = len(_LETTER.findall(text))
    return han_count(text) / letters if letters else 0.0


def detect_language(text: str) -> Language:
    """The language of `text`, by the share of Han characters among its letters.

    One English word has as many letters as a whole Chinese clause, so in a mixed text the
    function words decide: they are never a name ("PyTorch 还是 TensorFlow" is Chinese, "Is 李沐's
    book enough?" is English). Bare keywords in both scripts are Chinese: only a reader of Chinese
    types Han characters. Text without a letter is English unless its punctuation is full-width.
    """
    prose = _NOT_PROSE.sub(" ", text)
    share = han_share(prose)
    if share >= _MOSTLY_HAN:
        return Language.CHINESE
    if share < _HARDLY_HAN:
        chinese = not _LETTER.search(prose) and _FULL_WIDTH.search(text)
        return Language.CHINESE if chinese else Language.ENGLISH
    chinese_words = len(_CHINESE_WORDS.findall(prose))
    english_words = len(_ENGLISH_WORDS.findall(prose))
    if chinese_words != english_words:
        return Language.CHINESE if chinese_words > english_words else Language.ENGLISH
    return Language.CHINESE if share >= _MIXED or not english_words else Language.ENGLISH


def simplified(text: str) -> str:
    """`text` with traditional characters in their simplified form, as the bundled texts use."""
    return _converter().convert(text) if han_count(text) else text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
