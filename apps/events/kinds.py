"""Kinds of segments are plug-ins: an app registers its own in `ready()`, and this app imports none of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Schema: TypeAlias = Mapping[str, Any]

HUES = ("coral", "leaf", "violet", "sun", "sky")
# The rooms that an event can be in (screens/palettes.css); the first one without a word.
PALETTES = ("evening", "harbour", "garden", "berry", "chalk")
# Shown as written: no control characters, none that re-order the writing (bidi), and not blank.
CONTROL = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
LINES: Schema = {"type": "string", "pattern": rf"^(?=\s*\S)[^{CONTROL}]*\Z"}
LINE: Schema = {"type": "string", "pattern": rf"^(?=\s*\S)[^{CONTROL}\n]*\Z"}


@dataclass(frozen=True, slots=True)
class Kind:
    """`options` maps an option's name to its JSON Schema; `faults` yields (option, reason) where that is not enough.

    `script` is the static path of the kind's ES module; without one, screens show the plain card. `promises` are
    options that people rely on once they have taken part: they do not change any more.
    """

    name: str
    label: Promise
    script: str | None = None
    options: Mapping[str, Schema] = field(default_factory=dict)
    faults: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]] = lambda options: ()
    promises: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind, or give a plain one its script; a kind that has a script already belongs to another app."""
    if (known := KINDS.get(kind.name)) and known.script:
        raise ValueError(f"the kind {kind.name} is registered twice")
    KINDS[kind.name] = kind


def group_size_faults(options: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    size = options.get("group_size")
    if size and size["smallest"] > size["largest"]:
        yield "group_size.smallest", _("%(smallest)s is more than the largest, %(largest)s") % size


GROUP_SIZE: Schema = {
    "type": "object",
    "properties": {
        "smallest": {"type": "integer", "minimum": 2, "maximum": 12},
        "largest": {"type": "integer", "minimum": 2, "maximum": 12},
    },
    "required": ["smallest", "largest"],
    "additionalProperties": False,
}
LINKS: Schema = {
    "type": "array",
    "maxItems": 20,
    "items": {
        "type": "object",
        "properties": {
            "label": {**LINE, "maxLength": 100},
            # Only what a browser opens as a page: a `javascript:` address would run on every phone.
            "url": {"type": "string", "pattern": r"^https?://[^\s<>\"]+\Z", "maxLength": 500},
        },
        "required": ["label", "url"],
        "additionalProperties": False,
    },
}

register(Kind("icebreaker", _("Icebreaker"), options={"group_size": GROUP_SIZE}, faults=group_size_faults))
register(Kind("open_mic", _("Open-Mic"), options={"story_minutes": {"type": "integer", "minimum": 1, "maximum": 60}}))
register(Kind("group_exercise", _("Group exercise")))
register(Kind("closing", _("Closing"), options={"links": LINKS, "pictures": {"type": "boolean"}}))
register(Kind("break", _("Break")))
