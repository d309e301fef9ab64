"""Set-ups that would lose news are refused before they start."""

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from socialhub import checks
from socialhub.settings import SQLITE

POSTGRES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
ALONE = {"default": SQLITE}


@pytest.mark.parametrize(
    ("databases", "redis_url", "workers", "ids"),
    [
        (ALONE, "", 1, []),
        (POSTGRES, "", 1, []),
        (POSTGRES, "redis://127.0.0.1", 4, []),
        (ALONE, "", 2, ["socialhub.E001"]),
        (POSTGRES, "", 2, ["socialhub.E001"]),
        (ALONE, "redis://127.0.0.1", 2, ["socialhub.E001", "socialhub.E002"]),
        (ALONE, "redis://127.0.0.1", 1, ["socialhub.E002"]),
    ],
)
def test_several_workers_need_both(monkeypatch, databases, redis_url, workers, ids) -> None:
    settings = SimpleNamespace(DATABASES=databases, REDIS_URL=redis_url, WORKERS=workers)
    monkeypatch.setattr(checks, "settings", settings)
    assert sorted(message.id for message in run_checks() if message.id.startswith("socialhub.")) == ids


def test_the_sentence_names_what_is_missing(monkeypatch) -> None:
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=ALONE, REDIS_URL="", WORKERS=3))
    (message,) = (message for message in run_checks() if message.id == "socialhub.E001")
    assert message.msg == "WORKERS is 3, but DATABASE_URL (Postgres) and REDIS_URL is missing."
