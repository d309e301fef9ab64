"""What a programme may say about an icebreaker."""

from dataclasses import dataclass

from apps.events.kinds import GROUP_SIZE
from apps.events.models import Segment

SCHEMA = {
    "group_size": GROUP_SIZE,
    # "by_prompt": every prompt opens a round by itself.
    "rounds": {"enum": ["by_host", "by_prompt"]},
    "round_minutes": {"type": "integer", "minimum": 1, "maximum": 60},
    "names_on_stage": {"type": "boolean"},
    # Where remote groups meet; {room} becomes a random name, another one for every group.
    "video_link": {"type": "string", "pattern": r"^https?://[^\s<>\"]*\{room\}[^\s<>\"]*\Z", "maxLength": 300},
}


@dataclass(frozen=True, slots=True)
class Options:
    smallest: int
    largest: int
    by_prompt: bool
    minutes: int | None
    names: bool
    video_link: str


def of(segment: Segment) -> Options:
    given = segment.options
    size = given.get("group_size", {"smallest": 2, "largest": 3})
    return Options(
        size["smallest"],
        size["largest"],
        given.get("rounds") == "by_prompt",
        given.get("round_minutes"),
        bool(given.get("names_on_stage")),
        given.get("video_link", ""),
    )
