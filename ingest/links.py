"""The links in a text: where they really lead, how they are shown, what they name."""

from __future__ import annotations

import re

from corpus.atoms import URL
from corpus.types import Resource
from corpus.urls import is_web_url, real_url

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINKED = re.compile(rf"\[(?P<name>[^\[\]\n]+)\]\((?P<url>{URL.pattern})\)")


def with_real_urls(text: str) -> str:
    """`text` with every redirect in it replaced by the address behind it."""
    return URL.sub(lambda match: real_url(match[0]), text)


def shown_link(text: str, url: str) -> str:
    """A link as it stands in a stored text: "[text](url)", the bare address or the bare text."""
    text, url = text.strip(), real_url(url).replace("(", "%28").replace(")", "%29")
    if not is_web_url(url):
        return text
    shown = _bare(text).rstrip(".…")
    if not shown or _bare(url).startswith(shown):
        return url
    return f"[{text}]({url})"


def resources_in(text: str) -> tuple[Resource, ...]:
    """Every address in a stored text with the name it is given, in order, each once."""
    names = {match["url"]: match["name"] for match in _LINKED.finditer(text)}
    urls = dict.fromkeys(match[0] for match in URL.finditer(text))
    return tuple(Resource(name=names.get(url) or _bare(url), url=url) for url in urls)


def without_links(line: str) -> str:
    """`line` with Markdown links and pictures reduced to their words."""
    return _MARKDOWN_LINK.sub(r"\1", line) if "](" in line else line


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url.strip(), flags=re.IGNORECASE).rstrip("/")
