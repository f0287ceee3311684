"""One spelling for every address, so that the same answer met twice is known to be the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, parse_qs, parse_qsl, quote, urlencode, urlsplit

_REDIRECTS = {
    "link.zhihu.com": "target",
    "link.csdn.net": "target",
    "link.juejin.cn": "target",
    "link.segmentfault.com": "url",
    "link.jianshu.com": "t",
    "links.jianshu.com": "to",
    "www.jianshu.com": "url",
    "www.google.com": "q",
    "www.douban.com": "url",
    "xie.infoq.cn": "target",
    "steamcommunity.com": "url",
    "l.facebook.com": "u",
    "www.oschina.net": "url",
    "gitee.com": "target",
}
_NESTING = 5
_WEB = re.compile(r"https?://", re.IGNORECASE)
_HOSTS = {
    "zhihu.com": "www.zhihu.com",
    "m.zhihu.com": "www.zhihu.com",
    "oia.zhihu.com": "www.zhihu.com",
    "m.blog.csdn.net": "blog.csdn.net",
    "iknow.baidu.com": "zhidao.baidu.com",
    "wapiknow.baidu.com": "zhidao.baidu.com",
}
# On these sites the path alone says which page it is.
_PATH_ONLY = frozenset({"www.zhihu.com", "zhuanlan.zhihu.com", "blog.csdn.net", "zhidao.baidu.com"})
_KEPT_PARAMETERS = {"mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn"})}
_TRACKING = re.compile(
    r"utm_\w+|spm\w*|scm|share_\w+|sharer_\w+|vd_source|from_spmid|unique_k"
    r"|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref_src",
    re.IGNORECASE,
)
_ZHIHU_ANSWER = re.compile(r"/question/(\d+)/answers?/(\d+)")
_ZHIHU_BARE_ANSWER = re.compile(r"/(?:answers?|ans)/(\d+)")
_ZHIHU_QUESTION = re.compile(r"/question/(\d+)")
_ZHIHU_ARTICLE = re.compile(r"/(?:p|art)/(\d+)")
_QUESTION_PAGE = re.compile(
    r"www\.zhihu\.com/question/\d+|zhidao\.baidu\.com/question/\d+\.html", re.ASCII
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_web_url(url: str) -> bool:
    """Whether `url` is an absolute http or https address."""
    return _WEB.match(url) is not None


def real_url(url: str) -> str:
    """`url`, or the address behind it where it is a known redirect that names its target.

    The scheme is given in lower case.
    """
    url = url.strip()
    for _ in range(_NESTING):
        try:
            parts = urlsplit(url)
        except ValueError:
            break
        parameter = _REDIRECTS.get(parts.hostname or "", "")
        target = parse_qs(parts.query).get(parameter, [""])[0].strip()
        if not is_web_url(target):
            break
        url = target
    return _WEB.sub(lambda scheme: scheme[0].lower(), url, count=1) if is_web_url(url) else url


def canonical_url(url: str) -> str:
    """The address under which a page is known here; two spellings of one page give the same.

    https, host in lower case, redirect services resolved to their target, no tracking parameters,
    no trailing slash. A fragment stays only where it tells pages apart: a route such as `#/c1`,
    and a slug such as `#jacky-yang` on a question page whose answers have no known address.
    A Zhihu answer becomes `https://www.zhihu.com/question/Q/answer/A`, or `/answer/A` where the
    question is not in the address. A `urn:` is returned as it is.

    Raises `ValueError` when `url` is no web address.
    """
    url = url.strip()
    if url.lower().startswith("urn:"):
        return url
    parts = _split(real_url(_with_scheme(url)))
    host = _host(parts)
    if host in ("www.zhihu.com", "zhuanlan.zhihu.com"):
        host, path = _zhihu(host, parts.path)
    else:
        path = _path(parts.path)
    query = _query(host, parts.query)
    return f"https://{host}{path}" + (f"?{query}" if query else "") + _fragment(host, path, parts)


def _with_scheme(url: str) -> str:
    if url.startswith("//"):
        return f"https:{url}"
    has_scheme = re.match(r"[a-z][a-z0-9+.-]*://", url, re.IGNORECASE)
    return url if has_scheme else f"https://{url}"


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"no host in {url!r}")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    host = _HOSTS.get(host, host)
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _path(path: str) -> str:
    quoted = quote(path, safe="/%:@!$&'()*+,;=~")
    quoted = re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), quoted)
    return quoted.rstrip("/") or "/"


def _zhihu(host: str, path: str) -> tuple[str, str]:
    """Answers, questions and articles of Zhihu, from desktop, mobile and share addresses."""
    forms: Iterable[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]]] = (
        (_ZHIHU_ANSWER, "www.zhihu.com", lambda m: f"/question/{m[1]}/answer/{m[2]}"),
        (_ZHIHU_BARE_ANSWER, "www.zhihu.com", lambda m: f"/answer/{m[1]}"),
        (_ZHIHU_QUESTION, "www.zhihu.com", lambda m: f"/question/{m[1]}"),
        (_ZHIHU_ARTICLE, "zhuanlan.zhihu.com", lambda m: f"/p/{m[1]}"),
    )
    for pattern, home, spell in forms:
        if match := pattern.search(path):
            return home, spell(match)
    return host, _path(path)


def _query(host: str, query: str) -> str:
    if host in _PATH_ONLY:
        return ""
    kept = _KEPT_PARAMETERS.get(host)
    return urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(query, keep_blank_values=True)
            if (name in kept if kept else not _TRACKING.fullmatch(name))
        )
    )


def _fragment(host: str, path: str, parts: SplitResult) -> str:
    fragment = parts.fragment
    ours = _QUESTION_PAGE.fullmatch(host + path) and _SLUG.fullmatch(fragment)
    route = re.match(r"!?/[^/]", fragment)
    return f"#{fragment}" if ours or route else ""
