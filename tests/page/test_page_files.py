"""The files of the page as they are served."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api.page
from api.page.routes import page_router

STATIC = Path(api.page.__file__).parent / "static"
LIBRARIES = {
    "vendor/marked/marked.esm.js": (
        "5371fea86fd0656b4fc7bea7c94c663109d82789b69433eeee78d42895aa44de"
    ),
    "vendor/dompurify/purify.es.mjs": (
        "1a06b721ad8b46d6174b21f22ea70290aaf3e5a81d65af3b7178113953f7c9b1"
    ),
}


@pytest.fixture
def client() -> TestClient:
    """A client of the page alone."""
    application = FastAPI()
    application.include_router(page_router())
    return TestClient(application)


def test_the_page_is_kept_from_running_or_fetching_anything_that_is_not_its_own(
    client: TestClient,
) -> None:
    for path in ("/", "/static/js/main.js", "/static/icon.svg"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"].split("; ")
        assert policy[:2] == ["default-src 'none'", "script-src 'self'"]
        assert {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} < set(policy)
        assert {"require-trusted-types-for 'script'", "trusted-types dompurify"} < set(policy)
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "geolocation=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("base", "near", "sent"),
    [
        ("http://localhost:8000", "127.0.0.1", True),
        ("http://127.0.0.1:8000", "127.0.0.1", True),
        ("https://tutor.example", "203.0.113.5", True),
        ("http://tutor.example", "203.0.113.5", False),
        ("http://192.168.1.7:8000", "192.168.1.8", False),
    ],
)
def test_the_opener_policy_goes_only_where_a_browser_heeds_it(
    base: str, near: str, sent: bool
) -> None:
    application = FastAPI()
    application.include_router(page_router())
    client = TestClient(application, base_url=base, client=(near, 50000))
    found = client.get("/").headers.get("cross-origin-opener-policy")
    assert found == ("same-origin" if sent else None)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/css/base.css", "text/css; charset=utf-8"),
        ("/static/js/main.js", "text/javascript; charset=utf-8"),
        ("/static/vendor/dompurify/purify.es.mjs", "text/javascript; charset=utf-8"),
        ("/static/vendor/dompurify/LICENSE", "text/plain; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/static/manifest.webmanifest", "application/manifest+json"),
    ],
)
def test_each_file_has_its_type(client: TestClient, path: str, media_type: str) -> None:
    assert client.get(path).headers["content-type"] == media_type


def test_a_file_is_sent_again_only_when_it_has_changed(client: TestClient) -> None:
    first = client.get("/static/js/main.js")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/js/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    assert client.get("/static/js/main.js", headers=weak).status_code == 304
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_files_are_compressed_for_those_who_can_read_that(client: TestClient) -> None:
    whole = client.get("/static/js/main.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in whole.headers
    with client.stream("GET", "/static/js/main.js", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == whole.content


@pytest.mark.parametrize(
    "path",
    ["js/none.js", "", "index.html", "../routes.py", "%2e%2e/routes.py", "js/../../files.py"],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_the_libraries_are_as_their_authors_published_them() -> None:
    for name, digest in LIBRARIES.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest, name
        assert list((STATIC / name).parent.glob("LICENSE*")), name


def test_the_index_announces_every_script_that_there_is(client: TestClient) -> None:
    index = client.get("/").text
    scripts = {f"/static/{file.relative_to(STATIC).as_posix()}" for file in STATIC.rglob("*js")}
    assert set(re.findall(r'modulepreload" href="([^"]+)', index)) == scripts - {"/static/js"}
    for path in scripts - {"/static/js"}:
        assert client.get(path).status_code == 200


def test_there_is_no_inline_script_or_style_and_nothing_from_elsewhere() -> None:
    index = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", index)
    ours = [file for file in STATIC.rglob("*.*") if file.is_file() and "vendor" not in file.parts]
    for file in ours:
        assert set(re.findall(r"https?://([\w.]+)", file.read_text("utf-8"))) <= {"www.w3.org"}


def test_every_text_of_the_page_exists_in_both_languages_and_is_used() -> None:
    source = (STATIC / "js" / "strings.js").read_text("utf-8")
    entries = re.findall(r'^  (\w+): \[\s*"(.+?)",\s*"(.+?)",?\s*\],$', source, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^  \w+: \[", source, re.MULTILINE))
    others = "".join(
        file.read_text("utf-8")
        for file in (*STATIC.glob("js/*.js"), STATIC / "index.html")
        if file.name != "strings.js"
    )
    for key, chinese, english in entries:
        assert chinese != english, key
        assert set(re.findall(r"\{\w+\}", chinese)) == set(re.findall(r"\{\w+\}", english)), key
        dynamic = key.startswith(("theme_", "rendering_"))
        assert dynamic or f'"{key}"' in others, f"{key} is not used"
