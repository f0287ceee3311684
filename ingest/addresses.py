"""Which network addresses a document may be fetched from: public ones only."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future

from corpus.errors import DocumentError
from corpus.types import Bilingual

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible, so that loopback can hide in it
        "64:ff9b:1::/48",  # local NAT64
        "fec0::/10",  # site-local
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_FORBIDDEN = Bilingual(
    "指向本机或内网，出于安全不读取；只能读公开网址",
    "leads to this machine or a private network and is not fetched; give a public address",
)
_UNRESOLVED = Bilingual(
    "找不到这个网站；请检查网址和网络",
    "names a site that is not found; check the address and the network",
)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, as the system resolves them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(
    host: str, port: int, resolver: Resolver = resolve, patience: float = 10.0
) -> list[str]:
    """The addresses of `host`, every one of them public, looked up in `patience` seconds.

    Raises `DocumentError` when there is none in that time or a single one of them is not public: a
    name that mixes both is made to be asked twice.
    """
    try:
        addresses = _resolved(host, port, resolver, patience)
    except (OSError, UnicodeError) as error:
        raise DocumentError(_UNRESOLVED) from error
    if not addresses:
        raise DocumentError(_UNRESOLVED)
    if not all(is_public(address) for address in addresses):
        raise DocumentError(_FORBIDDEN)
    return addresses


def _resolved(host: str, port: int, resolver: Resolver, patience: float) -> list[str]:
    """What `resolver` finds. Raises `TimeoutError`, and whatever the resolver raises.

    The system's name service takes no time limit, so a thread waits for it, and is left behind
    where it takes too long; as a daemon it does not keep the process from ending.
    """
    answer: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            answer.set_result(resolver(host, port))
        except Exception as error:  # noqa: BLE001 - raised again by `result`
            answer.set_exception(error)

    threading.Thread(target=look_up, daemon=True).start()
    return answer.result(patience)


def is_public(address: str) -> bool:
    """Whether `address` and every IPv4 address embedded in it can be reached by anybody."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_embedded(parsed)))


def _embedded(address: IPAddress) -> list[IPAddress]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[IPAddress | None] = [address.ipv4_mapped, address.sixtofour]
    inner.extend(address.teredo or ())
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and _stands_for_ipv4(address):
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _REFUSED)
    )


def _stands_for_ipv4(address: ipaddress.IPv6Address) -> bool:
    """Whether all that matters is the IPv4 address within, which is judged by itself."""
    return address.ipv4_mapped is not None or address in _NAT64
