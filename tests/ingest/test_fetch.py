"""Fetching pages, with a pretended network and a pretended name service."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator

import httpx
import pytest

from corpus.errors import DocumentError
from ingest.addresses import is_public
from ingest.document import Document
from ingest.fetch import fetch
from ingest.fetch_limits import Limits

PUBLIC = "93.184.216.34"
Handler = Callable[[httpx.Request], httpx.Response]


def stream(data: bytes) -> Iterator[bytes]:
    """The bytes as a server sends them, in pieces, so that they arrive undecoded."""
    for start in range(0, len(data), 1000):
        yield data[start : start + 1000]


def answer(data: bytes = b"<p>hello</p>", status: int = 200, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(
        status, headers={"content-type": "text/html"} | named, content=stream(data)
    )


def get(
    url: str,
    handler: Handler = lambda _: answer(),
    resolver: Callable[[str, int], list[str]] = lambda *_: [PUBLIC],
    limits: Limits | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Document:
    transport = httpx.MockTransport(handler)
    return fetch(url, transport=transport, resolver=resolver, limits=limits, clock=clock)


def refusal(*args: object, **kwargs: object) -> str:
    with pytest.raises(DocumentError) as caught:
        get(*args, **kwargs)  # type: ignore[arg-type]
    assert caught.value.message.zh
    return caught.value.message.en


def test_the_request_goes_to_the_address_that_was_checked_under_the_name_of_the_site() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(content_type="text/html; charset=gbk")

    document = get("https://blog.example.org:8443/a?b=1#part", handler)

    (request,) = seen
    assert str(request.url) == f"https://{PUBLIC}:8443/a?b=1"
    assert request.headers["host"] == "blog.example.org:8443"
    assert request.extensions["sni_hostname"] == "blog.example.org"
    assert (document.suffix, document.charset, document.data) == (".html", "gbk", b"<p>hello</p>")
    assert document.uri == "https://blog.example.org:8443/a?b=1#part"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "https:///nohost",
        "https://user:password@example.org/",
        "javascript:alert(1)",
    ],
)
def test_only_web_addresses_without_password_are_fetched(url: str) -> None:
    assert "no address to fetch" in refusal(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "not an address",
    ],
)
def test_private_and_disguised_addresses_are_refused(address: str) -> None:
    assert not is_public(address)
    assert "private network" in refusal("https://example.org/", resolver=lambda *_: [address])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
)
def test_public_addresses_are_not(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    assert "private network" in refusal(
        "https://example.org/", resolver=lambda *_: [PUBLIC, "10.0.0.1"]
    )


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::1]"])
def test_every_spelling_of_this_machine_is_resolved_before_it_is_judged(host: str) -> None:
    asked: list[str] = []

    def resolver(name: str, _: int) -> list[str]:
        asked.append(name)
        return ["::1" if ":" in name else "127.0.0.1"]

    assert "private network" in refusal(f"http://{host}/", resolver=resolver)
    assert asked == [host.strip("[]")]


def test_the_name_is_resolved_once_so_that_it_cannot_change_in_between() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    document = get("https://example.org/", resolver=lambda *_: next(answers))

    assert document.data
    assert next(answers) == ["127.0.0.1"]


def test_redirects_are_followed_and_each_is_checked_anew() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return answer(status=302, location="https://inside.example.org/new")
        return answer(b"<p>moved</p>")

    def resolver(host: str, _: int) -> list[str]:
        return ["10.0.0.7"] if host.startswith("inside") else [PUBLIC]

    assert "private network" in refusal("https://example.org/old", handler, resolver)
    assert get("https://example.org/old", handler).uri == "https://inside.example.org/new"


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "file:///etc/passwd", "//[::1]/"])
def test_a_redirect_cannot_lead_inside(target: str) -> None:
    def resolver(host: str, _: int) -> list[str]:
        return [PUBLIC] if host == "example.org" else [host]

    refused = refusal(
        "https://example.org/", lambda _: answer(status=301, location=target), resolver
    )

    assert "private network" in refused or "no address to fetch" in refused


def test_endless_redirects_end() -> None:
    assert "redirects too often" in refusal(
        "https://example.org/", lambda _: answer(status=302, location="/again")
    )


def test_an_address_that_does_not_answer_is_followed_by_the_next() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("refused", request=request)
        return answer(b"<p>second</p>")

    document = get("https://example.org/", handler, lambda *_: [PUBLIC, "1.1.1.1"])

    assert document.data == b"<p>second</p>"


def test_names_that_are_not_found_and_servers_that_fail() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError

    def dead(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    assert "not found" in refusal("https://nowhere.example.org/", resolver=unknown)
    assert "does not answer" in refusal("https://example.org/", dead)
    assert "status 403" in refusal("https://example.org/", lambda _: answer(status=403))


def test_a_body_without_end_is_left() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 10_000

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/html"}, content=endless())

    assert "too large (at most 1 MB)" in refusal(
        "https://example.org/", handler, limits=Limits(size=1_000_000)
    )


def test_a_body_that_declares_to_be_too_large_is_not_read() -> None:
    def untouched() -> Iterator[bytes]:
        yield pytest.fail("read")

    def handler(_: httpx.Request) -> httpx.Response:
        headers = {"content-type": "text/html", "content-length": "99000000"}
        return httpx.Response(200, headers=headers, content=untouched())

    assert "too large" in refusal("https://example.org/", handler)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_small_body_that_unpacks_to_a_huge_one_is_left(encoding: str) -> None:
    bomb = bytes(60_000_000)
    packed = gzip.compress(bomb) if encoding == "gzip" else zlib.compress(bomb)

    assert "too large" in refusal(
        "https://example.org/", lambda _: answer(packed, content_encoding=encoding)
    )


def test_compressed_pages_are_unpacked() -> None:
    page = b"<p>hello</p>" * 500
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    for packed, encoding in (
        (gzip.compress(page), "gzip"),
        (zlib.compress(page), "deflate"),
        (raw.compress(page) + raw.flush(), "deflate"),
        (page, "identity"),
    ):
        response = answer(packed, content_encoding=encoding)
        assert get("https://example.org/", lambda _, sent=response: sent).data == page


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(gzip.compress(b"hello" * 999, mtime=0)[:-20], "gzip"), (b"no gzip", "gzip"), (b"x", "br")],
)
def test_damaged_or_unasked_compression_is_refused(data: bytes, encoding: str) -> None:
    assert "damaged" in refusal(
        "https://example.org/", lambda _: answer(data, content_encoding=encoding)
    )


def test_a_server_that_drips_is_left_when_the_time_is_over() -> None:
    times = iter(range(0, 10_000, 10))

    refused = refusal(
        "https://example.org/", lambda _: answer(bytes(50_000)), clock=lambda: float(next(times))
    )

    assert "does not answer in time" in refused


class Clock:
    """A clock that stands still but for what is added to `now`, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_redirects_end_when_the_time_is_over() -> None:
    clock, asked = Clock(), []

    def slow(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        clock.now += 40
        return answer(status=302, location="/again")

    assert "does not answer in time" in refusal("https://example.org/", slow, clock=clock)
    assert len(asked) == 2


def test_no_further_address_is_tried_when_the_time_is_over() -> None:
    clock, asked = Clock(), []

    def dead(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        clock.now += 40
        raise httpx.ConnectTimeout("slow", request=request)

    addresses = [f"1.1.1.{last}" for last in range(1, 9)]

    assert "does not answer in time" in refusal(
        "https://example.org/", dead, lambda *_: addresses, clock=clock
    )
    assert asked == addresses[:2]


def test_no_wait_is_longer_than_the_time_that_is_left() -> None:
    clock, waits = Clock(), []

    def handler(request: httpx.Request) -> httpx.Response:
        waits.append(request.extensions["timeout"])
        if len(waits) == 2:
            return answer()
        clock.now += 55
        return answer(status=302, location="/new")

    get("https://example.org/", handler, clock=clock)

    assert [(wait["connect"], wait["read"]) for wait in waits] == [(10.0, 20.0), (5.0, 5.0)]


def test_a_name_service_that_does_not_answer_is_left() -> None:
    end = threading.Event()

    def stuck(*_: object) -> list[str]:
        end.wait()
        return [PUBLIC]

    refused = refusal("https://example.org/", resolver=stuck, limits=Limits(resolve_time=0.01))
    end.set()

    assert "not found" in refused


def empty_blocks() -> Iterator[bytes]:
    """A gzip body that goes on and on without a single byte of content."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    yield packer.compress(b"x") + packer.flush(zlib.Z_FULL_FLUSH)
    while True:
        yield b"\x00\x00\x00\xff\xff" * 1000


def packed(chunks: Iterator[bytes]) -> httpx.Response:
    headers = {"content-type": "text/html", "content-encoding": "gzip"}
    return httpx.Response(200, headers=headers, content=chunks)


def test_a_compressed_body_that_holds_nothing_and_never_ends_is_left_by_size() -> None:
    assert "too large" in refusal(
        "https://example.org/", lambda _: packed(empty_blocks()), limits=Limits(size=100_000)
    )


def test_a_compressed_body_that_holds_nothing_and_never_ends_is_left_by_time() -> None:
    clock = Clock()

    def dripping() -> Iterator[bytes]:
        for chunk in empty_blocks():
            clock.now += 10
            yield chunk

    assert "does not answer in time" in refusal(
        "https://example.org/", lambda _: packed(dripping()), clock=clock
    )


def test_nothing_is_read_after_the_end_of_the_compressed_data() -> None:
    def body() -> Iterator[bytes]:
        yield gzip.compress(b"<p>hello</p>") + b"more"
        yield pytest.fail("read")

    assert get("https://example.org/", lambda _: packed(body())).data == b"<p>hello</p>"


@pytest.mark.parametrize(
    ("content_type", "path", "suffix"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("application/xhtml+xml", "/a", ".html"),
        ("text/plain", "/readme.md", ".md"),
        ("text/plain", "/a", ".txt"),
        ("application/pdf", "/a", ".pdf"),
        ("application/octet-stream", "/a.PDF", ".pdf"),
        ("", "/a", ".html"),
    ],
)
def test_the_kind_of_document_follows_from_what_the_server_says(
    content_type: str, path: str, suffix: str
) -> None:
    document = get(f"https://example.org{path}", lambda _: answer(content_type=content_type))

    assert document.suffix == suffix


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/zip"])
def test_other_kinds_are_refused(content_type: str) -> None:
    refused = refusal("https://example.org/a", lambda _: answer(content_type=content_type))

    assert f"is {content_type}, not a page" in refused
