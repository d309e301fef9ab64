"""Times of day on the spot, as programmes say them: `12:45`."""

from collections.abc import Iterable, Mapping
from typing import Any

TIME = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z"}


def starting_at(programme: Mapping[str, Any], local: str) -> dict[str, Any]:
    """The same programme, all its times of day moved so that it starts at this one; without a start it gets this."""
    if "starts_at_local" not in programme:
        return {**programme, "starts_at_local": local}
    by = minutes_of(local) - minutes_of(programme["starts_at_local"])
    return {
        **moved(programme, ("starts_at_local", "ends_at_local"), by),
        "segments": [moved(segment, ("starts_at_local",), by) for segment in programme["segments"]],
    }


def moved(said: Mapping[str, Any], names: Iterable[str], by: int) -> dict[str, Any]:
    return {**said, **{name: local_of(minutes_of(said[name]) + by) for name in names if name in said}}


def minutes_of(local: str) -> int:
    hours, minutes = local.split(":")
    return int(hours) * 60 + int(minutes)


def local_of(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
