"""Whether a request comes from this machine."""

from __future__ import annotations

import ipaddress
import re
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from fastapi import Request

_HOST: Final = re.compile(r"(?P<name>localhost|[0-9.]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")


def is_local(request: Request) -> bool:
    """Whether both ends are this machine.

    The name that was asked for counts too: a foreign page can give its own name the address of
    this machine (DNS rebinding), and a proxy on this machine passes on requests from anywhere. It
    is read strictly: what is not plainly a name of this machine is none.
    """
    hosts = request.headers.getlist("host")
    named = _HOST.fullmatch(hosts[0].casefold()) if len(hosts) == 1 else None
    if named is None or not _is_loopback(request.client.host if request.client else ""):
        return False
    name = named["name"].strip("[]")
    return name == "localhost" or _is_loopback(name)


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    """The address that `host` spells; an IPv4 address in IPv6 spelling is that address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_loopback(host: str) -> bool:
    address = address_of(host)
    return address is not None and address.is_loopback
