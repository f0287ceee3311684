"""The language in which the doors speak to a person who has not asked anything yet."""

from __future__ import annotations

import os
from collections.abc import Mapping

from corpus.language import detect_language
from corpus.types import Language

_VARIABLES = ("TUTOR_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def interface_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Chinese where `TUTOR_LANGUAGE`, or else the locale, says so; English otherwise.

    As in the C library, the first variable that is set decides.
    """
    for variable in _VARIABLES:
        if value := environment.get(variable):
            chinese = value.casefold().startswith("zh")
            return Language.CHINESE if chinese else Language.ENGLISH
    return Language.ENGLISH


def spoken_language(text: str | None) -> Language:
    """The language of what a person wrote; that of the interface where it holds no letters."""
    readable = text and any(character.isalpha() for character in text)
    return detect_language(text) if text and readable else interface_language()
