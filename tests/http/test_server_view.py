"""What a server says of where it is to be found, and by whom."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from server_process import SECONDS, environment

from api.chat_services import ChatServices
from api.server_settings import ServerSettings
from api.server_view import server_lines
from corpus.types import Language

NO_CHAT = ChatServices(slack=False, discord=False)
NETWORK = "10.1.2.3"
EVERYWHERE = "0.0.0.0"


def lines(
    host: str = "127.0.0.1",
    chat: ChatServices = NO_CHAT,
    network: str | None = NETWORK,
    language: Language = Language.ENGLISH,
    **given: object,
) -> list[str]:
    settings = ServerSettings.model_validate(given)
    return [line.text(language) for line in server_lines(settings, chat, host, 8000, network)]


def test_at_this_machine_only_nothing_is_said_of_the_network() -> None:
    (page,) = lines()
    assert page.startswith("Page: http://127.0.0.1:8000 ")
    (page,) = lines("::1")
    assert page.startswith("Page: http://[::1]:8000 ")


@pytest.mark.parametrize("host", [EVERYWHERE, "::"])
def test_at_every_address_the_one_for_others_is_named(host: str) -> None:
    page, network = lines(host)
    assert page.startswith("Page: http://127.0.0.1:8000 ")
    assert network == "On this network: http://10.1.2.3:8000 (a key is needed from elsewhere)"
    _, network = lines(host, language=Language.CHINESE)
    assert network == "本网内：http://10.1.2.3:8000（从别处访问需要密钥）"


def test_where_everybody_may_ask_no_key_is_spoken_of() -> None:
    assert "anybody may ask" in lines(EVERYWHERE, allow_anonymous=True)[1]


def test_a_machine_without_a_network_says_nothing_of_one() -> None:
    assert len(lines(EVERYWHERE, network=None)) == 1


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        ({"slack_signing_secret": "s"}, "events at /slack/events"),
        ({"slack_app_token": "xapp-1"}, "Socket Mode"),
        (
            {"slack_signing_secret": "s", "slack_app_token": "xapp-1"},
            "events at /slack/events, Socket Mode",
        ),
    ],
)
def test_a_chat_service_that_is_on_has_a_line(given: dict[str, str], ways: str) -> None:
    both = ChatServices(slack=True, discord=True)
    assert lines(chat=both, **given)[1:] == [
        f"Slack: on ({ways})",
        "Discord: on (interactions at /discord/interactions)",
    ]


def test_chat_services_are_named_in_chinese() -> None:
    both = ChatServices(slack=True, discord=True)
    assert lines(chat=both, language=Language.CHINESE, slack_signing_secret="s")[1:] == [
        "Slack：已启用（事件地址 /slack/events）",
        "Discord：已启用（交互地址 /discord/interactions）",
    ]


def test_the_address_for_others_is_one_of_this_machine(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    script = "from api.server_view import network_address; print(network_address() or '')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path_factory.mktemp("home")),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    if found := done.stdout.strip():
        with socket.socket() as listener:
            listener.bind((found, 0))  # refused for an address that this machine does not have
        assert not found.startswith("127.")


def test_a_machine_without_any_way_out_has_no_address_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from api.server_view import network_address

    def unreachable(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert network_address() is None
