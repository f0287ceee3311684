"""From what a person wrote, as a page shows it, to the clean text that is stored."""

from __future__ import annotations

import html
import re

from ingest.characters import normalised
from ingest.interface_words import is_interface, without_share_bars
from ingest.lines import tidied, unwrapped
from ingest.links import with_real_urls
from ingest.markdown_text import markdown_to_text
from ingest.promotion import without_promotion
from ingest.repetition import without_repetition

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_PICTURE = re.compile(r"^\s*(?:!\[[^\]\n]*\]\([^)\n]*\)|\[?(?:图片|image|img)\]?)\s*$", re.I | re.M)


def clean_body(text: str, *, markdown: bool) -> str:
    """The text to store for one answer or article, given in Markdown or as plain text.

    Without share bars, pictures, adverts around it, tracking redirects and repeated paragraphs.
    """
    return clean_text(markdown_to_text(text) if markdown else _plain_text(text))


def clean_text(text: str) -> str:
    """As `clean_body`, for text that has been brought to its readable form already."""
    for step in (with_real_urls, without_share_bars, without_repetition, without_promotion, tidied):
        text = step(text)
    return text


def without_interface(lines: list[str]) -> str:
    """The `lines` of a page copied as text, without its buttons and counters."""
    return "\n".join(line for line in lines if not is_interface(line))


def _plain_text(text: str) -> str:
    text = _PICTURE.sub("", normalised(text))
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return tidied(normalised(unwrapped(text)))
