"""What no sentence of a language model may do, whatever it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.language import detect_language, han_count
from corpus.types import Language
from tutor.checking.exact_rules import Problem
from tutor.checking.own_sentences import points_elsewhere
from tutor.checking.quotations import letters
from tutor.model.types import ChatMessage, Role
from tutor.streaming.stream_cutting import Piece

# From how many letters in one run on a sentence repeats the instructions.
ECHO = {Language.CHINESE: 9, Language.ENGLISH: 24}
_LEAST_ECHO = 6  # letters
_REFERENCE_LINK = re.compile(r"\]\s?\[|\]\s?\(")
# What everybody is said to hold: who holds what is counted from the labels, never by the model.
_EVERYBODY = re.compile(
    r"所有人|每个人都|人人都?|大家都|大家一致|一致(?:认为|同意|主张|认同)|都(?:同意|认同|赞成)|无一例外"
    r"|共识|公认|众所周知"
    r"|(?<![a-z])(?:everyone|everybody|all of them|all (?:the )?(?:people|authors|sources|experts)"
    r"|they all|all agree|unanimous\w*|consensus|common wisdom|it is well known|no ?(?:one|body)"
    r" disagrees)(?![a-z])",
    re.IGNORECASE,
)
_LEAST_LETTERS = 12  # of a sentence whose language can be told
_MOST_HAN_IN_ENGLISH = 0.5
_LEAST_HAN_IN_CHINESE = 0.12


class Instructions:
    """The instructions of one request, which must not come back as an answer."""

    def __init__(self, messages: Sequence[ChatMessage]) -> None:
        told = letters(" ".join(m.text for m in messages if m.role is Role.SYSTEM))
        self._length = ECHO[detect_language(told)]
        self._runs = frozenset(self._runs_of(told))
        self._told = told

    def echoed(self, text: str) -> bool:
        """Whether `text` repeats a run of the instructions, or is nothing but a part of them."""
        said = letters(text)
        if len(said) >= _LEAST_ECHO and said in self._told:
            return True
        return any(run in self._runs for run in self._runs_of(said))

    def _runs_of(self, text: str) -> Iterator[str]:
        return (text[i : i + self._length] for i in range(len(text) - self._length + 1))


def unprintable(piece: Piece, language: Language, instructions: Instructions) -> list[Problem]:
    """Why `piece` may not be printed in an answer in `language`, whatever its sources say."""
    found = {
        Problem.LINK: points_elsewhere(piece.text)
        or _REFERENCE_LINK.search(piece.text) is not None
        or instructions.echoed(piece.claim),
        Problem.ATTRIBUTION: _EVERYBODY.search(piece.claim) is not None,
        Problem.LANGUAGE: not _is_in(piece.claim, language),
    }
    return [problem for problem, true in found.items() if true]


def _is_in(claim: str, language: Language) -> bool:
    """Whether a sentence is in `language`; names and terms of the other one are welcome."""
    count = sum(character.isalpha() for character in claim)
    if count < _LEAST_LETTERS:
        return True
    share = han_count(claim) / count
    if language is Language.ENGLISH:
        return share < _MOST_HAN_IN_ENGLISH
    return share > _LEAST_HAN_IN_CHINESE
