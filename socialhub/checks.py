"""What must hold before the server starts: `manage.py check`, and every command runs it first."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def several_workers_need_a_shared_ground(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One SQLite file and a process's own memory cannot be shared by several processes, perhaps on several machines."""
    missing = []
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        missing.append("DATABASE_URL (Postgres)")
    if not settings.REDIS_URL:
        missing.append("REDIS_URL")
    if settings.WORKERS == 1 or not missing:
        return []
    return [
        Error(
            f"WORKERS is {settings.WORKERS}, but {' and '.join(missing)} is missing.",
            hint="Run one worker, or give it both.",
            id="socialhub.E001",
        )
    ]


@register()
def redis_alone_does_nothing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.REDIS_URL and settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        return [
            Error(
                "REDIS_URL is set, but DATABASE_URL is not.",
                hint="Several processes share Postgres.",
                id="socialhub.E002",
            )
        ]
    return []
