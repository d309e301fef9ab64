"""The names of streams, the one place. A name starts with the code of the event it belongs to: its scope."""

ALIASES = ("public", "crew", "me")


def public(code: str) -> str:
    """What every phone and the stage hear."""
    return f"{code}/public"


def crew(code: str) -> str:
    """What hosts and moderators hear besides."""
    return f"{code}/crew"


def attendee(code: str, public_id: str) -> str:
    """What one attendee alone hears."""
    return f"{code}/attendee/{public_id}"


def member(code: str, public_id: str) -> str:
    """What one crew member alone hears."""
    return f"{code}/member/{public_id}"


def stage(code: str, public_id: str) -> str:
    """What one stage link alone hears; it exists to be closed."""
    return f"{code}/stage/{public_id}"


def scope(name: str) -> str:
    """The event code a stream belongs to."""
    return name.partition("/")[0]


def alias(name: str) -> str:
    """What clients call a stream: `public`, `crew` or `me`. Full names never leave the server."""
    kind = name.split("/")[1]
    return kind if kind in ("public", "crew") else "me"


def owner(name: str) -> tuple[str, str] | None:
    """`("attendee", id)`, `("member", id)` or `("stage", id)` of a personal stream; None for a shared one."""
    parts = name.split("/")
    return (parts[1], parts[2]) if len(parts) == 3 else None
