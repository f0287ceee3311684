"""Fetching a web page without letting its address reach into a private network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.types import Bilingual
from ingest.addresses import Resolver, public_addresses, resolve
from ingest.decompression import ACCEPTED, decompressed
from ingest.document import Document
from ingest.fetch_limits import Deadline, Limits, too_large, unreachable

if TYPE_CHECKING:
    import httpx

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/yaml": ".yaml",
    "text/yaml": ".yaml",
    "text/plain": ".txt",
}
_BY_NAME = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml", ".pdf", ".html", ".htm"})
_UNTOLD = frozenset({"", "text/plain", "application/octet-stream"})
_PORTS = {"http": 80, "https": 443}
_AGENT = "xianhou-tutor (reads single pages on request)"


def fetch(
    url: str,
    *,
    limits: Limits | None = None,
    transport: httpx.BaseTransport | None = None,
    resolver: Resolver = resolve,
    clock: Callable[[], float] = time.monotonic,
) -> Document:
    """The document at `url`, an http or https address.

    The name is resolved once for each hop, every address it has must be public, and the request
    goes to the very address that was checked. Redirects are followed by hand, each checked anew.
    Raises `DocumentError` when an address is refused, a limit is passed, the server answers with
    an error, or what it sends is no text, page or PDF.
    """
    import httpx

    limits = limits or Limits()
    deadline = Deadline(clock, clock() + limits.total_time)
    target = _parsed(url)
    with httpx.Client(transport=transport, trust_env=False) as client:
        for _ in range(limits.redirects + 1):
            addresses = _addresses(target, resolver, limits, deadline)
            with closing(_opened(client, target, addresses, limits, deadline)) as response:
                if not response.has_redirect_location:
                    return _document(response, target, limits, deadline)
                target = _parsed(str(target.join(response.headers["location"])))
    raise DocumentError(
        Bilingual("转向太多次；请直接给出最终网址", "redirects too often; give the final address")
    )


def _parsed(url: str) -> httpx.URL:
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise _not_web() from error
    if parsed.scheme not in _PORTS or not parsed.host or parsed.userinfo:
        raise _not_web()
    return parsed


def _addresses(url: httpx.URL, resolver: Resolver, limits: Limits, deadline: Deadline) -> list[str]:
    patience = min(limits.resolve_time, deadline.remaining())
    return public_addresses(_host(url), url.port or _PORTS[url.scheme], resolver, patience)


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").strip("[]")


def _opened(
    client: httpx.Client, url: httpx.URL, addresses: list[str], limits: Limits, deadline: Deadline
) -> httpx.Response:
    """The response to `url` from the first of `addresses` that answers; its body is not read."""
    import httpx

    headers = {"Host": url.netloc.decode("ascii"), "User-Agent": _AGENT}
    headers |= {"Accept": "text/html, text/*, application/pdf", "Accept-Encoding": ACCEPTED}
    failure: Exception | None = None
    for address in addresses:
        left = deadline.remaining()
        request = client.build_request(
            "GET",
            url.copy_with(host=address, fragment=None),
            headers=headers,
            # The certificate is checked against the name, not against the pinned address.
            extensions={"sni_hostname": _host(url)},
            timeout=httpx.Timeout(
                min(limits.read_time, left), connect=min(limits.connect_time, left)
            ),
        )
        try:
            return client.send(request, stream=True, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
        except httpx.HTTPError as error:
            raise unreachable() from error
    raise unreachable() from failure


def _document(
    response: httpx.Response, url: httpx.URL, limits: Limits, deadline: Deadline
) -> Document:
    import httpx

    if not response.is_success:
        raise _refused(response.status_code)
    suffix = _suffix(response, url)
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limits.size:
        raise too_large(limits)
    body = bytearray()
    try:
        chunks = _arriving(response, limits, deadline)
        for piece in decompressed(chunks, response.headers.get("content-encoding", "")):
            body += piece
            if len(body) > limits.size:
                raise too_large(limits)
    except httpx.HTTPError as error:
        raise unreachable() from error
    return Document(str(url), suffix, bytes(body), response.charset_encoding or "")


def _arriving(response: httpx.Response, limits: Limits, deadline: Deadline) -> Iterator[bytes]:
    """The body of `response` as it is sent, as long as neither its size nor its time is over.

    Counted before decompression, since compressed data can go on without giving a single byte.
    """
    size = 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > limits.size:
            raise too_large(limits)
        deadline.remaining()
        yield chunk


def _suffix(response: httpx.Response, url: httpx.URL) -> str:
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    by_name = PurePosixPath(url.path).suffix.lower()
    if media_type in _UNTOLD and by_name in _BY_NAME:
        return by_name
    if not media_type:
        return ".html"
    if media_type not in _SUFFIXES:
        raise DocumentError(
            Bilingual(
                f"返回的是 {media_type}，不是网页、文本或 PDF；请给出文章的网址",
                f"is {media_type}, not a page, text or PDF; give the address of an article",
            )
        )
    return _SUFFIXES[media_type]


def _not_web() -> DocumentError:
    return DocumentError(
        Bilingual(
            "不是可以读取的网址；请给出不含用户名和密码的 http:// 或 https:// 网址",
            "is no address to fetch; give an http:// or https:// one without user or password",
        )
    )


def _refused(status: int) -> DocumentError:
    return DocumentError(
        Bilingual(
            f"网站拒绝了请求（状态 {status}）；请检查网址，或在浏览器里另存网页后读入文件",
            f"is refused by the site (status {status}); check the address, "
            "or save the page in a browser and read the file",
        )
    )
