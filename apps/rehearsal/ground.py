"""A server of a rehearsal's own: a temporary folder, and on Postgres a temporary database, with the founding event."""

import os
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psycopg
from django.conf import settings
from psycopg import sql

from .faults import CannotBegin

# Some have two tabs; beside sockets there are connections for requests, and what a process has open anyway.
FILES_EACH, FILES = 1.25, 600
STARTING_SECONDS = 120
STOPPING_SECONDS = 30
# A terminal's Ctrl-C goes to this process alone: the server is still asked to erase what was made there.
APART = 0


@contextmanager
def own_server(programme: Path) -> Iterator[str]:
    """A one-time sign-in address of a host of a new event, at a server that lives as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder, own_database() as url:
        (Path(folder) / "static").symlink_to(settings.STATIC_ROOT)
        environment = os.environ | {"VAR": folder, "LOG_LEVEL": "WARNING", "HTTPS": "false", "ORIGINS": "", "HOSTS": ""}
        if url:
            environment |= {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
        with listening() as door:
            base = f"http://127.0.0.1:{door.getsockname()[1]}"
            address = prepare(environment, programme, base)
            with served(environment, door, base, Path(folder) / "log"):
                yield address


def room_for(people: int) -> None:
    """Let this process, and those that it starts, have a file for each line of so many people. Raises `CannotBegin`."""
    needed = int(FILES_EACH * people) + FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else needed
    if most < needed:
        raise CannotBegin("too_few_files", f"{needed} > {hard}")
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def listening() -> socket.socket:
    """Bound here and handed over: nobody else can take the port in between."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen(4096)
    return door


def prepare(environment: dict[str, str], programme: Path, base: str) -> str:
    command = [sys.executable, "-m", "apps.rehearsal.prepare", str(programme), base]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, process_group=APART
    )
    if done.returncode:
        raise SystemExit("The rehearsal has no ground to stand on; the lines above say why.")
    return done.stdout


@contextmanager
def own_database() -> Iterator[str]:
    """The address of a new database beside the one of the settings; empty where that is a file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"rehearsal_{secrets.token_hex(6)}"
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            path, question, options = url.partition("?")
            yield f"{path.rpartition('/')[0]}/{name}{question}{options}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def served(environment: dict[str, str], door: socket.socket, base: str, log: Path) -> Iterator[None]:
    """A process that answers, as long as this lasts; what it complained of is shown in the end."""
    command = [sys.executable, "-m", "apps.live.server", "--fd", str(door.fileno())]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            pass_fds=[door.fileno()],
            stdout=written,
            stderr=written,
            process_group=APART,
        )
    try:
        wait_until_ready(process, base, log)
        yield
    finally:
        end(process)
        sys.stderr.write(log.read_text())


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], base: str, log: Path) -> None:
    end = time.monotonic() + STARTING_SECONDS
    while True:
        try:
            if httpx.get(f"{base}/readyz", timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise SystemExit(f"The server of the rehearsal did not start:\n{log.read_text()}")
        time.sleep(0.1)
