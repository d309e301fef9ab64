"""Whose address a request comes from: the one place that answers, for limits that count by address. And our own."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")

# Where this process listens, once it does.
listens_on = ""
port = 0


def address_of(asker: HttpRequest | Mapping[str, Any]) -> str:
    """The peer's address; where the peer is TRUSTED_PROXY (networks), the last one of X-Forwarded-For that is not.

    That header grows on its right: whatever stands further left, the sender may have written. Of a request, or of a
    websocket by its scope. IPv6 as `2001:db8::/64`: who has one address there has all of them, and counts as one.
    """
    address, forwarded = of_scope(asker) if isinstance(asker, Mapping) else of_request(asker)
    for before in reversed(forwarded.split(",")):
        if not is_trusted(address) or not is_address(before.strip()):
            break
        address = before.strip()
    return line_of(address)


def line_of(address: str) -> str:
    if not is_address(address):
        return address
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return address
    # A socket that listens to both has IPv4 inside of IPv6.
    return str(ip.ipv4_mapped or ipaddress.IPv6Network((int(ip), 64), strict=False))


def of_request(request: HttpRequest) -> tuple[str, str]:
    """The peer's address, and the X-Forwarded-For there is."""
    return str(request.META.get("REMOTE_ADDR", "")), request.META.get("HTTP_X_FORWARDED_FOR", "")


def of_scope(scope: Mapping[str, Any]) -> tuple[str, str]:
    lines = [value.decode("latin1") for name, value in scope.get("headers", ()) if name == b"x-forwarded-for"]
    return str((scope.get("client") or [""])[0]), ",".join(lines)


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether it comes from here, and nobody has passed it on."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    is_direct = not any(name in request.META for name in FORWARDED)
    return is_direct and is_address(peer) and ipaddress.ip_address(peer).is_loopback


def is_reached_from_here_alone() -> bool:
    """Whether we listen on the loopback and nowhere else, so that no address of the network leads to us."""
    return is_address(listens_on) and ipaddress.ip_address(listens_on).is_loopback


def of_this_process() -> str:
    """Where this very process answers to who is on this machine: `http://127.0.0.1:8000`; "" where it serves nobody."""
    if not port:
        return ""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listens_on, listens_on)  # noqa: S104 - everywhere is here, too
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_trusted(address: str) -> bool:
    return is_address(address) and any(ipaddress.ip_address(address) in network for network in settings.TRUSTED_PROXY)


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
