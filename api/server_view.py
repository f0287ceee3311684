"""What `tutor serve` says once it is ready: where it is to be found, and by whom."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Final

from api.chat_services import ChatServices
from api.server_settings import ServerSettings
from corpus.types import Bilingual

_THIS_MACHINE: Final = "127.0.0.1"
_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - only compared with
_ELSEWHERE: Final = ("192.0.2.1", 9)  # an address for documents, which nobody has
_WHERE: Final = Bilingual(
    zh="网页：{url}  接口说明：{url}/docs  停止：Ctrl-C",
    en="Page: {url}  API: {url}/docs  Stop: Ctrl-C",
)
_NETWORK: Final = Bilingual(
    zh="本网内：{url}（从别处访问需要密钥）",
    en="On this network: {url} (a key is needed from elsewhere)",
)
_OPEN_NETWORK: Final = Bilingual(
    zh="本网内：{url}（任何人都可以提问）",
    en="On this network: {url} (anybody may ask)",
)
_SLACK_EVENTS: Final = Bilingual(zh="事件地址 /slack/events", en="events at /slack/events")
_SOCKET_MODE: Final = Bilingual(zh="Socket Mode", en="Socket Mode")
_DISCORD: Final = Bilingual(
    zh="Discord：已启用（交互地址 /discord/interactions）",
    en="Discord: on (interactions at /discord/interactions)",
)


def server_lines(
    settings: ServerSettings, services: ChatServices, host: str, port: int, network: str | None
) -> Iterator[Bilingual]:
    """A line for each way to the server; `network` is the address of this machine for others."""
    yield _with(_WHERE, _url(_THIS_MACHINE if listens_everywhere(host) else host, port))
    if network is not None and listens_everywhere(host):
        yield _with(_OPEN_NETWORK if settings.allow_anonymous else _NETWORK, _url(network, port))
    if services.slack:
        yield _slack(settings)
    if services.discord:
        yield _DISCORD


def listens_everywhere(host: str) -> bool:
    """Whether a server at `host` is reached at every address of this machine."""
    return host in _EVERYWHERE


def network_address() -> str | None:
    """The address of this machine for others on its network; None where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        try:
            datagrams.connect(_ELSEWHERE)  # chooses a way to there, and sends nothing
        except OSError:
            return None
        address: str = datagrams.getsockname()[0]
    found = ipaddress.ip_address(address)
    return None if found.is_loopback or found.is_unspecified else address


def _slack(settings: ServerSettings) -> Bilingual:
    ways = [_SLACK_EVENTS] if settings.slack_signing_secret else []
    if settings.slack_app_token:
        ways.append(_SOCKET_MODE)
    return Bilingual(
        zh=f"Slack：已启用（{'，'.join(way.zh for way in ways)}）",
        en=f"Slack: on ({', '.join(way.en for way in ways)})",
    )


def _with(text: Bilingual, url: str) -> Bilingual:
    return Bilingual(zh=text.zh.format(url=url), en=text.en.format(url=url))


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
