"""Markdown as the text that is stored: the same form that HTML is brought to."""

from __future__ import annotations

import re

from corpus.atoms import FORMULA
from ingest.characters import normalised
from ingest.html_text import rendered
from ingest.lines import tidied, unwrapped

_CODE_OR_FORMULA = re.compile(
    rf"(?P<code>^[ \t]*```.*?(?:^[ \t]*```|\Z)|`[^`\n]+`)|(?P<formula>{FORMULA})",
    re.DOTALL | re.MULTILINE,
)
_ESCAPED_BRACKET = re.compile(r"\\[(\[][^\\^_={}]{2,}\\[)\]]")
_PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")
_TAGS = (
    "a|abbr|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|"
    "h[1-6]|hr|i|img|kbd|li|mark|ol|p|pre|q|s|small|span|strike|strong|sub|summary|sup|table|"
    "tbody|td|tfoot|th|thead|tr|u|ul|video|svg|iframe|script|style"
)
_NOT_A_TAG = re.compile(
    rf"<(?!/?(?:{_TAGS})(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))*\s*/?>"
    r"|!--|https?://|mailto:)",
    re.IGNORECASE,
)
# Converters break the line before bold words in the middle of a sentence.
_BROKEN_BEFORE_EMPHASIS = re.compile(
    r"(?<![。！？!?.：:\s>])\n(?=\*\*[^*\n]+\*\*\n?[，。、；：？！,.;:?!])"
)
_SIGNS = (
    re.compile(r"^#{1,6}\s+\S", re.MULTILINE),
    re.compile(r"\*\*[^*\n]+\*\*"),
    re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)"),
    re.compile(r"^[ \t]*```", re.MULTILINE),
    re.compile(r"^[ \t]*(?:[-*+]|\d{1,2}\.)[ \t]+\S", re.MULTILINE),
    re.compile(r"^>[ \t]+\S", re.MULTILINE),
)
_ENOUGH_SIGNS = 2


def looks_like_markdown(text: str) -> bool:
    """Whether `text` uses at least two of Markdown's signs, or one of them often."""
    counts = [len(sign.findall(text)) for sign in _SIGNS]
    return sum(map(bool, counts)) >= _ENOUGH_SIGNS or max(counts[:3]) > _ENOUGH_SIGNS


def markdown_to_text(markdown: str) -> str:
    """The readable text of `markdown` in the form that `html_to_text` describes.

    Formulas are not read as emphasis, and "a<b" is not read as a tag. Line breaks within a
    paragraph stay, except where a line was plainly wrapped.
    """
    from markdown_it import MarkdownIt

    kept: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        if match["code"] or _ESCAPED_BRACKET.fullmatch(match[0]):
            return match[0]
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    source = _CODE_OR_FORMULA.sub(put_away, normalised(markdown))
    source = _BROKEN_BEFORE_EMPHASIS.sub("", _without_false_tags(source))
    renderer = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    text = rendered(renderer.render(source))
    text = _PLACEHOLDER.sub(lambda match: kept[int(match[1])], text)
    return tidied(normalised(unwrapped(text)))


def _without_false_tags(source: str) -> str:
    parts = re.split(r"(^[ \t]*```.*?(?:^[ \t]*```|\Z)|`[^`\n]+`)", source, flags=re.S | re.M)
    parts[::2] = [_NOT_A_TAG.sub("&lt;", part) for part in parts[::2]]
    return "".join(parts)
