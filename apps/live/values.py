"""Counters that change too fast to be stored: looked at while somebody is there, sent when they changed."""

from collections.abc import Callable, Mapping

Value = Callable[[str], int]
# Of many events at once: consoles are few, and what they wait for is looked at more often.
CrewValue = Callable[[list[str]], Mapping[str, object]]

registered: dict[str, Value] = {}
registered_for_crew: dict[str, CrewValue] = {}


def register(name: str, value: Value) -> None:
    """Add a function from an event code to a number, such as `present`. It runs in a worker thread."""
    registered[name] = value


def register_for_crew(name: str, value: CrewValue) -> None:
    """Add a function from event codes to what the crew of each of them sees and nobody else, such as `here`."""
    registered_for_crew[name] = value


def look(code: str) -> dict[str, int]:
    """All values of one event that everybody sees."""
    return {name: value(code) for name, value in registered.items()}


def look_for_crew(codes: list[str]) -> dict[str, dict[str, object]]:
    """All values of these events that their crews see besides, by code."""
    found = {name: value(codes) for name, value in registered_for_crew.items()} if codes else {}
    return {code: {name: values[code] for name, values in found.items()} for code in codes}
