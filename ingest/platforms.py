"""Where a page was published, told by its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class _Site:
    slug: str
    host: re.Pattern[str]
    post: re.Pattern[str]


def _site(slug: str, host: str, post: str) -> _Site:
    return _Site(slug, re.compile(rf"(?:.+\.)?(?:{host})"), re.compile(post))


_SITES = (
    _site("zhihu", r"zhihu\.com", r"/answer/\d|^/p/\d|^/pin/\d"),
    _site("baidu-zhidao", r"(?:zhidao|iknow|wapiknow)\.baidu\.com", r"^/question/\d"),
    _site("baidu-tieba", r"tieba\.baidu\.com", r"^/p/\d"),
    _site("csdn", r"csdn\.net", r"/article/details/\d"),
    _site("wechat", r"mp\.weixin\.qq\.com", r"^/s"),
    _site("juejin", r"juejin\.(?:cn|im)", r"^/post/"),
    _site("cnblogs", r"cnblogs\.com", r"/(?:p|archive)/"),
    _site("jianshu", r"jianshu\.com", r"^/p/"),
    _site("segmentfault", r"segmentfault\.com", r"^/[aq]/"),
    _site("v2ex", r"v2ex\.com", r"^/t/\d"),
    _site("douban", r"douban\.com", r"^/(?:group/topic|note|review)/\d"),
    _site("bilibili", r"bilibili\.com", r"^/(?:read|opus|video)/"),
    _site("nowcoder", r"nowcoder\.com", r"^/(?:discuss|feed)/"),
    _site("github", r"github\.com|github\.io", r"/(?:issues|discussions|pull)/\d|#(?:issue|disc)"),
    _site("stackexchange", r"stackoverflow\.com|stackexchange\.com", r"^/(?:a|q|questions)/\d"),
    _site("reddit", r"reddit\.com", r"/comments/"),
    _site("hacker-news", r"news\.ycombinator\.com", r"^/item"),
    _site("quora", r"quora\.com", r"^/.+"),
    _site("medium", r"medium\.com", r"^/.+/.+"),
)


def platform_of(url: str) -> str | None:
    """The slug of the site that `url` belongs to ("zhihu", "csdn", …), or None for any other."""
    site = _site_of(url)
    return site.slug if site else None


def is_post(url: str) -> bool:
    """Whether `url` is the address of one person's answer, article or post on a known site."""
    site = _site_of(url)
    return site is not None and site.post.search(urlsplit(url).path) is not None


def _site_of(url: str) -> _Site | None:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    return next((site for site in _SITES if site.host.fullmatch(host)), None)
