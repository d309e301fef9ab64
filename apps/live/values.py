"""Counters that change too fast to be stored: looked at while somebody is there, sent when they changed."""

from collections.abc import Callable

Value = Callable[[str], int]

registered: dict[str, Value] = {}


def register(name: str, value: Value) -> None:
    """Add a function from an event code to a number, such as `present`. It runs in a worker thread."""
    registered[name] = value


def look(code: str) -> dict[str, int]:
    """All values of one event."""
    return {name: value(code) for name, value in registered.items()}
