"""The server's processes: this one, or several on one listening socket."""

import os
import signal
import socket
import subprocess
import sys
import threading

from django.db import connections

from apps.live.server import serve

SERVER = [sys.executable, "-m", "apps.live.server", "--fd"]


STOPS = (signal.SIGINT, signal.SIGTERM)


def stop_when_told() -> None:
    """Before anything is served, Ctrl-C and SIGTERM are a clean end as well."""
    for one in STOPS:
        signal.signal(one, lambda _signal, _frame: sys.exit(0))


def run(listening: socket.socket, workers: int) -> int:
    """Serve until told to stop by Ctrl-C or SIGTERM; the exit code."""
    return several(listening, workers) if workers > 1 else alone(listening)


def alone(listening: socket.socket) -> int:
    from apps.live.door.server import reactor  # brings its event loop with it

    # A stop that comes while the server starts waits until it can say goodbye.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    reactor.callWhenRunning(signal.pthread_sigmask, signal.SIG_UNBLOCK, STOPS)
    # Twisted leaves Ctrl-C to whoever has taken it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    serve("socialhub.asgi:application", listening)
    return 0


def several(listening: socket.socket, workers: int) -> int:
    """The kernel hands each new connection to one of them.

    When one dies the others are stopped as well: whoever started us starts all of them anew.
    """
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    command = [*SERVER, str(listening.fileno())]
    os.set_inheritable(listening.fileno(), True)
    # In sessions of their own: Ctrl-C reaches only us, and each worker is told once.
    processes = [
        subprocess.Popen(command, pass_fds=[listening.fileno()], start_new_session=True) for _ in range(workers)
    ]

    told = threading.Event()
    for one in STOPS:
        signal.signal(one, lambda _signal, _frame: told.set())
    while not told.wait(0.2) and all(process.poll() is None for process in processes):
        pass
    for process in processes:
        process.terminate()
    return max(abs(process.wait()) for process in processes)
