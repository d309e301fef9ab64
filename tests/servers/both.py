"""Run a command on the large set-up: `python -m tests.servers.both pytest tests/events`."""

import os
import secrets
import subprocess
import sys

from .postgres import postgres
from .redis import redis


def run(command: list[str]) -> int:
    """The exit code of the command, run beside a new Postgres and a new Redis that its environment names."""
    with postgres() as database_url, redis() as kept:
        surroundings = {"DATABASE_URL": database_url, "REDIS_URL": kept.url, "SECRET_KEY": secrets.token_hex(32)}
        return subprocess.run(command, env=os.environ | surroundings).returncode


if __name__ == "__main__":
    sys.exit(run([sys.executable, "-m", *sys.argv[1:]]))
