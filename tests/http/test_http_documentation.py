"""The page that describes the API, and the document behind it."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.http.live_server import Serve


def test_the_documentation_loads_nothing_from_anybody_else(serve: Serve) -> None:
    with httpx.Client(base_url=serve().url) as client:
        page = client.get("/docs")
        wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(wanted) == 4
        for address in wanted:
            assert address.startswith("/")
            assert client.get(address).status_code == 200, address
        assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["README.md", "..%2Fapplication.py", "nothing"])
def test_only_the_files_of_the_page_are_given_out(serve: Serve, name: str) -> None:
    assert httpx.get(f"{serve().url}/docs/{name}").status_code == 404


def test_the_document_tells_how_a_key_and_a_learner_are_sent(serve: Serve) -> None:
    document = httpx.get(f"{serve().url}/openapi.json").json()
    ask = document["paths"]["/v1/ask"]["post"]
    scheme, nothing = ask["security"]
    assert nothing == {}, "at the machine itself none is needed"
    assert document["components"]["securitySchemes"][next(iter(scheme))]["scheme"] == "bearer"
    assert {each["name"] for each in ask["parameters"]} == {"X-User-Id", "X-Learner-Id"}
