"""The address that others can reach: what stands in the QR code must work from somebody else's phone."""

import socket

from django.conf import settings
from django.http import HttpRequest

from apps.core.address import is_reached_from_here_alone

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def origin(request: HttpRequest) -> str:
    """`https://social.example.org`: the first of ORIGINS, else this request's, as the local network sees it."""
    if settings.ORIGINS:
        return str(settings.ORIGINS[0])
    host, colon, port = request.get_host().rpartition(":")
    if not port.isdigit():
        host, colon, port = request.get_host(), "", ""
    if host in LOOPBACK and not is_reached_from_here_alone():
        host = local_network_address() or host
    return f"{request.scheme}://{host}{colon}{port}"


def local_network_address() -> str:
    """This machine's address on the local network, "" without one. Nothing is sent: a socket is pointed outwards."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1, RFC 5737
        except OSError:
            return ""
        return str(probe.getsockname()[0])
