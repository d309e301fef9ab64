"""The server's clock, the only one that counts: screens show instants, never lengths they were told."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def iso(instant: datetime | None) -> str | None:
    """`2026-01-01T00:00:00.000Z`, the one way an instant is written in documents and frames."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
