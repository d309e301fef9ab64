"""Whole installations: a database of their own, one process or two, real sockets."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from subprocess import PIPE
from typing import IO

import httpx
import psycopg

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "var" / "static"
KEPT = ROOT / "var" / "tests"
PATIENCE_SECONDS = 30
# A start reads a lot: on a machine with much else to do it takes long.
STARTING_SECONDS = 120


class Process:
    """One server process. Its port stays the same when it is started again, so that phones find it."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.log = log
        self.port = 0
        self.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        # Bound here and handed over: nobody else can take the port in between.
        with socket.socket() as listening, self.log.open("a") as log:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", self.port))
            listening.listen(4096)
            self.port = listening.getsockname()[1]
            self.process = self.launch(listening, log)
        self.wait_until_ready()

    def launch(self, listening: socket.socket, log: IO[str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "apps.live.server", "--fd", str(listening.fileno())]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, pass_fds=[listening.fileno()], stdout=log, stderr=log
        )

    def wait_until_ready(self) -> None:
        until = time.monotonic() + STARTING_SECONDS
        while True:
            try:
                if httpx.get(f"{self.base}/readyz", timeout=PATIENCE_SECONDS).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> int:
        """As an administrator would; the exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)

    def freeze(self) -> None:
        """Alive, connected, and silent: until `thaw`."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


class Server:
    """An installation. `base` is the address of its first process, `other` that of its last (they may be one)."""

    def __init__(self, folder: Path, environment: dict[str, str], processes: int) -> None:
        self.folder = folder
        self.environment = (
            os.environ | environment | {"VAR": str(folder), "DJANGO_SETTINGS_MODULE": "socialhub.settings"}
        )
        (folder / "static").symlink_to(STATIC)
        self.log_file = folder / "log"
        self.processes = [self.new_process() for _ in range(processes)]

    def new_process(self) -> Process:
        return Process(self.environment, self.log_file)

    @property
    def base(self) -> str:
        return self.processes[0].base

    @property
    def other(self) -> str:
        return self.processes[-1].base

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def manage(self, *commands: tuple[str, ...]) -> list[str]:
        """What each of these commands prints or tells: see `tests.servers.commands`."""
        process = self.commands
        assert process.stdin
        assert process.stdout
        print(json.dumps(commands), file=process.stdin, flush=True)
        if not (line := process.stdout.readline()):
            raise RuntimeError(f"{commands} failed:\n{self.log}")
        return json.loads(line)

    @cached_property
    def commands(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.servers.commands"]
        with self.log_file.open("a") as log:
            return subprocess.Popen(
                command, env=self.environment, cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE, stderr=log
            )

    def stop(self) -> None:
        if "commands" in vars(self):
            self.commands.communicate(timeout=PATIENCE_SECONDS)
        for process in self.processes:
            if process.process.poll() is None:
                process.thaw()
                process.stop()


@contextmanager
def on_sqlite(folder: Path, more: dict[str, str] | None = None, kind: type[Server] = Server) -> Iterator[Server]:
    """One process and a copy of a migrated file."""
    template = KEPT / f"{digest_of_migrations()}.sqlite3"
    environment = {"DATABASE_URL": "", "REDIS_URL": "", "WORKERS": "1"}
    with alone("sqlite"):
        if not template.exists():
            migrate(environment | {"VAR": str(folder)})
            shutil.copy(folder / "socialhub.sqlite3", template)
    shutil.copy(template, folder / "socialhub.sqlite3")
    with running(folder, environment | (more or {}), 1, kind) as server:
        yield server


@contextmanager
def on_postgres(
    folder: Path,
    database_url: str,
    redis_url: str,
    processes: int = 2,
    more: dict[str, str] | None = None,
    kind: type[Server] = Server,
) -> Iterator[Server]:
    """Two processes that share a copy of a migrated database on the Postgres of `database_url`."""
    template, name = f"migrated_{digest_of_migrations()}", f"tests_{secrets.token_hex(8)}"
    shared = {"REDIS_URL": redis_url, "SECRET_KEY": secrets.token_hex(32), "WORKERS": str(processes)}
    with closing(psycopg.connect(database_url, autocommit=True)) as connection, alone("postgres"):
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {template}_new")
            migrate(shared | {"VAR": str(folder), "DATABASE_URL": on_database(database_url, f"{template}_new")})
            connection.execute(f"ALTER DATABASE {template}_new RENAME TO {template}")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    shared |= {"DATABASE_URL": on_database(database_url, name), **(more or {})}
    with running(folder, shared, processes, kind) as server:
        yield server
    with closing(psycopg.connect(database_url, autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running(folder: Path, environment: dict[str, str], processes: int, kind: type[Server] = Server) -> Iterator[Server]:
    server = kind(folder, environment, processes)
    try:
        yield server
    finally:
        server.stop()
    assert "Traceback" not in server.log, server.log


def on_database(database_url: str, name: str) -> str:
    return re.sub(r"/[^/]*$", f"/{name}", database_url)


def migrate(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "-v0"], env=os.environ | environment, check=True)


def digest_of_migrations() -> str:
    texts = [path.read_bytes() for path in sorted(ROOT.glob("apps/*/migrations/*.py"))]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One process of the tests at a time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
