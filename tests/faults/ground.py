"""Set-ups whose every part can be killed and comes back, as under a supervisor: processes, Redis, Postgres."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import daphne
from tests.servers.daphne import Server
from tests.servers.postgres import PATIENCE_SECONDS, QUICK, answers, binaries, runnable, somebody_else
from tests.servers.redis import RunningRedis, redis
from tests.servers.warm import WarmServer

# What is acknowledged must have left the process; the kernel's memory survives a kill, so no disk is waited for.
DURABLE = ["synchronous_commit=on", *(option for option in QUICK if not option.startswith("synchronous_commit"))]


class KillablePostgres:
    """A Postgres that may die with all its processes and be started again on what it had written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.other: dict[str, Any] = somebody_else()
        if self.other:
            os.chown(folder, self.other["user"], self.other["group"])
        initdb, self.binary = (runnable(binary, folder, self.other) for binary in binaries())
        create = [initdb, "-D", folder / "data", "-U", "tests", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(create, check=True, stdout=subprocess.DEVNULL, cwd=folder, **self.other)
        self.url = f"postgresql://tests@{str(folder).replace('/', '%2F')}/postgres"
        self.start()

    def start(self) -> None:
        options = [f"unix_socket_directories={self.folder}", "listen_addresses=", *DURABLE]
        command = [self.binary, "-D", self.folder / "data", *(part for option in options for part in ("-c", option))]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self.other)
        answers(self.process, self.folder)

    def kill(self) -> None:
        """The postmaster and every backend at once: nobody is left to write anything down."""
        children = children_of(self.process.pid)
        self.process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)
        # Its successor refuses the shared memory as long as one of them is still being taken away.
        until = time.monotonic() + PATIENCE_SECONDS
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
            time.sleep(0.01)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE_SECONDS)


def children_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found


@dataclass
class Ground:
    """What an evening stands on; the small set-up has neither Redis nor Postgres."""

    server: Server
    postgres: KillablePostgres | None = None
    redis: RunningRedis | None = None


@contextmanager
def small(more: dict[str, str] | None = None) -> Iterator[Ground]:
    """One process on SQLite."""
    with (
        tempfile.TemporaryDirectory(prefix="faults") as folder,
        daphne.on_sqlite(Path(folder), more, WarmServer) as server,
    ):
        yield Ground(server)


@contextmanager
def large(more: dict[str, str] | None = None, kind: type[Server] = WarmServer) -> Iterator[Ground]:
    """Two processes on Postgres and Redis."""
    with (
        tempfile.TemporaryDirectory(prefix="faults") as folder,
        tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as files,
        redis() as hints,
    ):
        postgres = KillablePostgres(Path(files))
        try:
            # The template of a Postgres that lives elsewhere is of no use here: this one is new.
            with daphne.on_postgres(Path(folder), postgres.url, hints.url, more=more, kind=kind) as server:
                yield Ground(server, postgres, hints)
        finally:
            with contextlib.suppress(psycopg.Error):
                postgres.stop()


GROUNDS = {"small": small, "large": large}
