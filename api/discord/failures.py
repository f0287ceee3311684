"""What a person in Discord is told about an error, and what of it is logged."""

from __future__ import annotations

import logging
import traceback

from api.discord import words
from api.errors import told_outside
from corpus.errors import XianhouError
from corpus.types import Language

_log = logging.getLogger(__name__)


def reason(error: Exception, language: Language) -> str:
    """A sentence on what to do next. Errors that nobody foresaw are logged, without any text of
    the person's that their messages may hold."""
    if isinstance(error, XianhouError):
        return told_outside(error).text(language)
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("An interaction failed inside (%s)\n%s", type(error).__name__, where)
    return words.INTERNAL.text(language)
