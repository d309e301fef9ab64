"""Starts the server: `python -m apps.live.server --host 0.0.0.0 --port 8000`, or `--fd 3` for a bound socket."""

import argparse
import os
import socket
import sys


def bound(host: str, port: int) -> socket.socket:
    """A TCP socket bound to an address; raises OSError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    return listening


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m apps.live.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a bound socket inherited from the parent, instead of host and port")
    parser.add_argument("--application", default=os.environ.get("ASGI_APPLICATION", "socialhub.asgi:application"))
    options = parser.parse_args(arguments)
    listening = socket.socket(fileno=options.fd) if options.fd is not None else bound(options.host, options.port)
    serve(options.application, listening)


def serve(application: str, listening: socket.socket) -> None:
    """Run until SIGTERM or SIGINT. `application` is the dotted name of an ASGI application, as `module:name`."""
    import django
    from django.utils.module_loading import import_string

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    django.setup()
    from apps.core import address, errands

    from .door.server import DoorServer  # needs the models

    address.listens_on, address.port = listening.getsockname()[:2]
    errands.start()
    DoorServer(import_string(application.replace(":", ".")), listening).run()


if __name__ == "__main__":
    main(sys.argv[1:])
