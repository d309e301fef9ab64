"""The two set-ups: SQLite alone; Postgres with Redis. Real ones, migrated, each for one run of the tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.postgres import postgres
from tests.servers.redis import redis

ROOT = Path(__file__).resolve().parents[2]
DJANGO = {"DJANGO_SETTINGS_MODULE": "tests.protocol.settings"}


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield migrated({"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "REDIS_URL": ""})


@contextmanager
def postgres_and_redis() -> Iterator[dict[str, str]]:
    with postgres() as database_url, redis() as kept:
        yield migrated({"DATABASE_URL": database_url, "REDIS_URL": kept.url})


def migrated(environment: dict[str, str]) -> dict[str, str]:
    migrate = [sys.executable, "-m", "django", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=os.environ | DJANGO | environment, check=True)
    return environment
