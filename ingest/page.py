"""A document as the readers see it: decoded text, and the fields above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.urls import is_web_url
from ingest.characters import normalised
from ingest.front_matter import split_front_matter
from ingest.markdown_text import looks_like_markdown

_MANY_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){3,}")
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a document: `source` with and `text` without its front matter `meta`.

    `uri` is its path or address, `suffix` its lower-case suffix with the dot ("" without one),
    and `markdown` tells whether the text is to be read as Markdown.
    """

    uri: str
    suffix: str
    source: str
    meta: Mapping[str, str]
    text: str
    markdown: bool

    @property
    def name(self) -> str:
        """The name of the file, for messages."""
        return PurePosixPath(self.uri).name or self.uri

    @property
    def url(self) -> str:
        """The web address the document came from, "" for a local file."""
        return self.uri if is_web_url(self.uri) else ""


def page_of(uri: str, suffix: str, text: str) -> Page:
    """The page that the decoded `text` of a document makes."""
    source = _MANY_BLANK_LINES.sub("\n\n\n", normalised(text))
    meta, below = split_front_matter(source)
    suffix = suffix.lower()
    markdown = suffix in _MARKDOWN or looks_like_markdown(below)
    return Page(uri, suffix, source, meta, below, markdown)
