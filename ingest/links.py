"""Real addresses behind tracking redirects, and the resources that a text links to."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from corpus.atoms import URL
from corpus.types import Resource

_REDIRECTS = {
    "link.zhihu.com": "target",
    "link.csdn.net": "target",
    "link.juejin.cn": "target",
    "link.segmentfault.com": "url",
    "www.jianshu.com": "url",
    "links.jianshu.com": "to",
    "www.google.com": "q",
    "www.douban.com": "url",
    "xie.infoq.cn": "target",
    "steamcommunity.com": "url",
    "l.facebook.com": "u",
    "www.oschina.net": "url",
    "gitee.com": "target",
}
_NESTING = 3
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINKED = re.compile(rf"\[(?P<name>[^\[\]\n]+)\]\((?P<url>{URL.pattern})\)")


def real_url(url: str) -> str:
    """`url`, or the address behind it where it is a known redirect that names its target."""
    for _ in range(_NESTING):
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return url
        parameter = _REDIRECTS.get((parts.hostname or "").lower(), "")
        target = parse_qs(parts.query).get(parameter, [""])[0]
        if not target.startswith(("http://", "https://")):
            break
        url = target
    return url.strip()


def with_real_urls(text: str) -> str:
    """`text` with every redirect in it replaced by the address behind it."""
    return URL.sub(lambda match: real_url(match[0]), text)


def is_web_url(url: str) -> bool:
    """Whether `url` is an absolute http or https address."""
    return url.startswith(("http://", "https://"))


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
