"""How many tokens a text is, without the vocabulary of any model."""

from __future__ import annotations

import math
import re
from typing import Final

from tutor.model.types import Messages

_MESSAGE_TOKENS: Final = 4  # what chat templates put around each message
_LETTERS_PER_TOKEN: Final = 3.5
_SYMBOL_TOKENS: Final = 3.0  # such as emoji, which many vocabularies hold byte by byte

# Letters of alphabets with a blank after each word; all else is told apart by character.
_PIECES = re.compile(
    r"(?P<word>[A-Za-z]+)"
    r"|(?P<blank>[ \t]+)"
    r"|(?P<newline>\s+)"
    r"|(?P<east>[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+)"
    r"|(?P<ascii>[\x00-\x7f])"
    r"|(?P<other>.)",
    re.DOTALL,
)


def count_tokens(text: str) -> int:
    """About how many tokens `text` is to the models of today, rather too many than too few.

    Measured on paragraphs of 600 characters with the vocabularies of Qwen, DeepSeek and Mistral:
    Chinese 1.1 to 1.7 times the true number, English 1.25 to 1.3, mixed 1.15 to 1.35; fewer than
    1 in 100 came out too low, by 11 % at most. Vocabularies without Chinese need more.
    """
    return math.ceil(sum(_tokens(match) for match in _PIECES.finditer(text)))


def count_prompt_tokens(messages: Messages) -> int:
    """About how many tokens `messages` are, with what the chat template adds to each."""
    return sum(_MESSAGE_TOKENS + count_tokens(message.text) for message in messages)


def _tokens(match: re.Match[str]) -> float:
    length = match.end() - match.start()
    match match.lastgroup:
        case "word":
            return max(1.0, length / _LETTERS_PER_TOKEN)
        case "blank":
            return 0.0 if length == 1 else 1.0
        case "east":
            return float(length)
        case "other":
            return 1.0 if match[0].isalpha() else _SYMBOL_TOKENS
        case _:
            return 1.0
