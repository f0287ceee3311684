"""Who may ask over HTTP, and whose conversations they see."""

from __future__ import annotations

import socket
from collections.abc import Mapping

import httpx
import pytest

from api.access.records import Scope
from api.http.locality import address_of
from tests.http.live_server import LiveServer, Serve

QUESTION = {"question": "学深度学习要先学机器学习吗？"}


def key(server: LiveServer, *scopes: Scope) -> str:
    _, token = server.run(server.services.access.create_key("测试", frozenset(scopes)))
    return str(token)


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


def begun(server: LiveServer, headers: Mapping[str, str]) -> str:
    response = httpx.post(f"{server.url}/v1/conversations", json={}, headers=headers)
    assert response.status_code == 201
    return str(response.json()["id"])


def test_a_browser_at_this_machine_gets_a_cookie_that_no_script_and_no_other_site_can_use(
    serve: Serve,
) -> None:
    response = httpx.post(f"{serve().url}/v1/conversations", json={})
    cookie = response.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_asking_alone_enters_nobody(serve: Serve) -> None:
    response = httpx.post(f"{serve().url}/v1/ask", json=QUESTION)
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("host", ["xianhou.example", "127.0.0.1.example.com", "evil.localhost"])
def test_a_name_that_only_points_at_this_machine_is_not_this_machine(
    serve: Serve, host: str
) -> None:
    """A page of a foreign site may ask under its own name, which leads here (DNS rebinding)."""
    response = httpx.post(f"{serve().url}/v1/ask", json=QUESTION, headers={"Host": host})
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "key_missing"
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "host",
    ["", "[", "a{b.example", "evil.example@127.0.0.1", "127.0.0.1/evil", "127.0.0.1:x", "127.1"],
)
def test_a_host_that_cannot_be_read_is_not_this_machine(serve: Serve, host: str) -> None:
    url = httpx.URL(serve().url)
    assert url.port is not None
    with socket.create_connection((url.host, url.port)) as connection:
        connection.sendall(f"GET /v1/learner HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        status = connection.recv(64).split()[1]
    assert status in {b"400", b"401"}


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("not an address", None),
    ],
)
def test_an_ipv4_address_is_the_same_in_either_spelling(host: str, address: str | None) -> None:
    found = address_of(host)
    assert (found and str(found)) == address


@pytest.mark.parametrize("origin", ["http://[", "null", "foo://127.0.0.1", "https://evil.example"])
def test_an_origin_that_is_not_this_server_is_refused(serve: Serve, origin: str) -> None:
    url = serve().url
    response = httpx.get(f"{url}/v1/learner", headers={"Origin": origin})
    assert response.status_code == 401


def test_pictures_of_other_sites_are_no_requests_of_this_machine(serve: Serve) -> None:
    url = f"{serve(address_rate=2).url}/v1/learner"
    picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert {httpx.get(url, headers=picture).status_code for _ in range(5)} == {401}
    assert httpx.get(url).status_code == 200, "and they use up nobody's requests"


def test_a_request_that_a_proxy_passes_on_is_not_from_this_machine(serve: Serve) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9"}
    assert httpx.post(f"{serve().url}/v1/ask", json=QUESTION, headers=headers).status_code == 401


def test_whoever_allows_it_lets_everybody_ask(serve: Serve) -> None:
    url = serve(allow_anonymous=True).url
    headers = {"Host": "xianhou.example"}
    assert httpx.post(f"{url}/v1/ask", json=QUESTION, headers=headers).status_code == 200


def test_a_page_of_another_site_cannot_ask_with_the_cookie_of_a_learner(serve: Serve) -> None:
    headers = {"Origin": "http://127.0.0.1:1"}
    url = serve().url
    assert httpx.get(f"{url}/v1/conversations", headers=headers).status_code == 401
    assert httpx.get(f"{url}/v1/conversations", headers={"Origin": url}).status_code == 200
    simple = httpx.post(f"{url}/v1/ask", content=b'{"question": "x"}')
    assert simple.status_code == 422, "a form that needs no preflight is no JSON"


def test_other_sites_are_told_that_they_may_ask_only_where_they_are_named(serve: Serve) -> None:
    preflight = {"Origin": "https://course.example", "Access-Control-Request-Method": "POST"}
    closed = httpx.options(f"{serve().url}/v1/ask", headers=preflight)
    assert "access-control-allow-origin" not in closed.headers
    named = serve(allowed_origins=("https://course.example",))
    opened = httpx.options(f"{named.url}/v1/ask", headers=preflight)
    assert opened.headers["access-control-allow-origin"] == "https://course.example"


@pytest.mark.parametrize(
    "authorization",
    ["Bearer xh_0_0", "bearer xh_nonsense", "Bearer xh_" + "x" * 9000, "Bearer xh_ÿ"],
)
def test_a_wrong_key_is_refused_even_at_this_machine(serve: Serve, authorization: str) -> None:
    headers = {"Authorization": authorization.encode("latin-1")}
    response = httpx.post(f"{serve().url}/v1/ask", json=QUESTION, headers=headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "key_invalid"


def test_what_is_no_key_of_ours_counts_as_none(serve: Serve) -> None:
    """Clients of the OpenAI API insist on a key; at this machine any word will do."""
    headers = {"Authorization": "Bearer sk-none"}
    url = serve().url
    assert httpx.post(f"{url}/v1/ask", json=QUESTION, headers=headers).status_code == 200
    elsewhere = {**headers, "Host": "xianhou.example"}
    response = httpx.post(f"{url}/v1/ask", json=QUESTION, headers=elsewhere)
    assert response.json()["error"]["code"] == "key_invalid"


def test_a_name_too_long_is_refused_not_cut_to_another_s(serve: Serve) -> None:
    server = serve()
    headers = bearer(key(server, Scope.ASK), **{"X-User-Id": "u" * 201})
    assert httpx.get(f"{server.url}/v1/learner", headers=headers).status_code == 400


def test_a_key_opens_only_its_scopes(serve: Serve) -> None:
    server = serve()
    asking, everything = key(server, Scope.ASK), key(server, Scope.ADMIN)
    address = {"Host": "xianhou.example"}
    ask = httpx.post(f"{server.url}/v1/ask", json=QUESTION, headers=bearer(asking, **address))
    assert ask.status_code == 200
    body = {"urls": ["https://example.org/a"]}
    ingest = httpx.post(f"{server.url}/v1/ingest", json=body, headers=bearer(asking))
    assert (ingest.status_code, ingest.json()["error"]["code"]) == (403, "scope_missing")
    assert httpx.post(f"{server.url}/v1/ingest", json=body).status_code == 401
    figures = f"{server.url}/metrics"
    assert httpx.get(figures, headers=bearer(asking)).status_code == 403
    assert httpx.get(figures, headers=address).status_code == 401
    assert httpx.get(figures, headers=bearer(everything, **address)).status_code == 200


def test_a_revoked_key_is_refused_at_once(serve: Serve) -> None:
    server = serve()
    made, token = server.run(server.services.access.create_key("a", frozenset({Scope.ASK})))
    server.run(server.services.access.revoke_key(made.id))
    response = httpx.post(f"{server.url}/v1/ask", json=QUESTION, headers=bearer(token))
    assert response.status_code == 401


def test_nobody_sees_the_conversations_of_another(serve: Serve) -> None:
    server = serve(allow_anonymous=True)
    first, second = key(server, Scope.ASK), key(server, Scope.ASK)
    owner = bearer(first, **{"X-User-Id": "zhang"})
    id = begun(server, owner)
    others = [bearer(first, **{"X-User-Id": "li"}), bearer(first), bearer(second), {}]
    for headers in others:
        url = f"{server.url}/v1/conversations/{id}"
        body = {**QUESTION, "conversation_id": id}
        assert httpx.get(url, headers=headers).status_code == 404
        assert httpx.delete(url, headers=headers).status_code == 404
        assert httpx.get(f"{url}/export", headers=headers).status_code == 404
        assert httpx.post(f"{server.url}/v1/ask", json=body, headers=headers).status_code == 404
    assert httpx.get(f"{server.url}/v1/conversations/{id}", headers=owner).status_code == 200


def test_a_program_without_a_key_is_a_learner_by_a_secret_of_its_own(serve: Serve) -> None:
    server = serve()
    secret = httpx.post(f"{server.url}/v1/learner").json()["id"]
    id = begun(server, {"X-Learner-Id": secret})
    headers = {"X-Learner-Id": secret}
    listed = httpx.get(f"{server.url}/v1/conversations", headers=headers).json()
    assert [each["id"] for each in listed["conversations"]] == [id]
    httpx.delete(f"{server.url}/v1/learner", headers=headers)
    again = httpx.get(f"{server.url}/v1/conversations", headers=headers).json()
    assert again["conversations"] == []


def test_a_key_gives_out_no_secret_that_outlives_it(serve: Serve) -> None:
    server = serve()
    response = httpx.post(f"{server.url}/v1/learner", headers=bearer(key(server, Scope.ASK)))
    assert response.status_code == 400


def test_one_user_of_a_key_does_not_use_up_what_it_holds_for_all(serve: Serve) -> None:
    server = serve(address_rate=2, key_rate=100)
    token = key(server, Scope.ASK)

    def ask(user: str) -> int:
        headers = bearer(token, **{"X-User-Id": user})
        return httpx.get(f"{server.url}/v1/learner", headers=headers).status_code

    assert [ask("zhang") for _ in range(3)] == [200, 200, 429]
    assert ask("li") == 200


def test_whoever_asks_too_often_is_told_when_to_come_again(serve: Serve) -> None:
    server = serve(address_rate=3, key_rate=5)
    statuses = [httpx.post(f"{server.url}/v1/ask", json=QUESTION).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    refused = httpx.post(f"{server.url}/v1/ask", json=QUESTION, headers={"Accept-Language": "zh"})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 20
    assert refused.json()["error"]["type"] == "rate_limit_error"
    assert "秒后再试" in refused.json()["error"]["message"]
    with_key = bearer(key(server, Scope.ASK))
    accepted = httpx.post(f"{server.url}/v1/ask", json=QUESTION, headers=with_key)
    assert accepted.status_code == 200, "a key has a limit of its own"
