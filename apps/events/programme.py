"""Programme files: TOML in, a checked plain dict out, and back. Knows no database; documented in PROGRAMME.md.

The checks are a JSON Schema (draft 2020-12) made of the keys below and of the options of every registered kind.
"""

import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

import tomli_w
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from apps.core.limits import PROGRAMME_BYTES
from apps.core.refusal import Refusal

from . import logo
from .faults import short, told
from .kinds import HUES, KINDS, LINE, LINES, PALETTES, Schema
from .local_times import TIME, starting_at
from .names import FREE, POLICIES
from .retention import KEEP_DAYS, MOST_KEEP_DAYS

Programme: TypeAlias = dict[str, Any]

MOST_BYTES = PROGRAMME_BYTES


class BadProgramme(Exception):
    """Every fault of a file as `(key, reason)`; the key is "" when the file as a whole cannot be read."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{key}: {reason}" if key else reason for key, reason in self.faults))


def one_line(most: int) -> Schema:
    return {**LINE, "maxLength": most}


def lines(most: int) -> Schema:
    return {**LINES, "maxLength": most}


def listed(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "maxItems": most}


ABOUT: dict[str, Schema] = {
    "heading": one_line(200),
    "tagline": one_line(200),
    "points": listed(one_line(400), 20),
    "audience_heading": one_line(200),
    "audience": one_line(400),
    "audience_points": listed(one_line(400), 20),
}
LOGO: dict[str, Schema] = {"alt": one_line(200), "data": {"type": "string", "maxLength": PROGRAMME_BYTES}}
EVENT: dict[str, Schema] = {
    "title": one_line(200),
    "subtitle": one_line(200),
    "hosts": listed(one_line(100), 30),
    "language": {"type": "string", "pattern": r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", "maxLength": 35},
    "timezone": {"type": "string", "maxLength": 64},
    "starts_on": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}\Z"},
    "starts_at_local": TIME,
    "ends_at_local": TIME,
    "keep_days": {"type": "integer", "minimum": 1, "maximum": MOST_KEEP_DAYS},
    "logo": {"type": "object", "properties": LOGO, "required": list(LOGO), "additionalProperties": False},
    "palette": {"enum": list(PALETTES)},
    "names": {"enum": list(POLICIES)},
    "about": {"type": "object", "properties": ABOUT, "additionalProperties": False},
}
SEGMENT: dict[str, Schema] = {
    "kind": {"type": "string"},
    "title": one_line(200),
    "minutes": {"type": "integer", "minimum": 0, "maximum": 600},
    "starts_at_local": TIME,
    "instructions": lines(2000),
    "headline": lines(2000),
    "goal": lines(2000),
    "hue": {"enum": list(HUES)},
    "prompts": {**listed(lines(1000), 100), "uniqueItems": True},
}
# Of every segment, whatever its kind.
OPTIONS = ("hue",)
# Of a whole programme: an evening shows a few dozen, and an edit writes each of them while others wait.
MOST_PROMPTS = 400

Checker = extend(
    Draft202012Validator,
    # In TOML 20 and 20.0 differ, and true is no number.
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _checker, value: type(value) is int),
)


def parse(content: bytes) -> Programme:
    """A checked programme; raises `BadProgramme` with all its faults."""
    if len(content) > MOST_BYTES:
        raise BadProgramme([("", _("is larger than %(kilobytes)d KB") % {"kilobytes": MOST_BYTES // 1024})])
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadProgramme([("", _("is not UTF-8 (byte %(place)d)") % {"place": error.start})]) from error
    except RecursionError as error:
        raise BadProgramme([("", _("is nested too deeply"))]) from error
    except ValueError as error:
        raise BadProgramme([("", _("is not TOML: %(error)s") % {"error": error})]) from error
    if type(raw.get("starts_on")) is date:
        raw["starts_on"] = raw["starts_on"].isoformat()
    return checked(raw)


def checked(raw: Mapping[str, Any]) -> Programme:
    """The programme that somebody says this is; raises `BadProgramme` with all its faults."""
    if faults := list(dict.fromkeys(faults_of(raw))):
        raise BadProgramme(faults)
    return normal(raw)


def normal(programme: Mapping[str, Any]) -> Programme:
    """One way to say it: defaults are said, empty lists are not, and a logo is as it was drawn here."""
    segments = [{key: value for key, value in one.items() if value != []} for one in programme["segments"]]
    said = {key: value for key, value in programme.items() if value not in ([], {})}
    defaults = {"language": "en", "keep_days": KEEP_DAYS, "palette": PALETTES[0], "names": FREE}
    if given := said.get("logo"):
        said["logo"] = {**given, "data": logo.read(given["data"]).text}
    return {**defaults, **said, "segments": segments}


def changed(programme: Programme, changes: Mapping[str, str]) -> Programme:
    """Another evening of the same programme: what is given replaces what it says, and its times move with its start.

    A programme without a new day has none: the old one is over. Raises `BadProgramme`.
    """
    given = {name: text for name, text in changes.items() if text}
    kept = {key: value for key, value in programme.items() if key != "starts_on"}
    other = checked({**kept, **given})
    if "starts_at_local" not in given:
        return other
    planned = {key: value for key, value in kept.items() if key == "starts_at_local"}
    unmoved = {key: value for key, value in other.items() if key != "starts_at_local"}
    return starting_at({**unmoved, **planned}, given["starts_at_local"])


def dump(programme: Programme) -> str:
    """TOML text that parses to an equal programme."""
    return tomli_w.dumps(programme)


def faults_of(raw: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for error in sorted(Checker(schema()).iter_errors(raw), key=lambda error: list(map(str, error.absolute_path))):
        yield from told(error)
    zone, day = raw.get("timezone"), raw.get("starts_on")
    if isinstance(zone, str) and zone not in zoneinfo.available_timezones():
        yield "timezone", _("%(value)s is not a time zone such as 'Europe/Vienna'") % {"value": short(zone)}
    if isinstance(day, str) and not is_day(day):
        yield "starts_on", _("%(value)s is not a day") % {"value": short(day)}
    yield from faults_of_logo(raw.get("logo"))
    segments = raw.get("segments")
    left = MOST_PROMPTS
    for place, segment in enumerate(segments if isinstance(segments, list) else []):
        yield from faults_of_segment(f"segments[{place}]", segment)
        count = len(prompts) if isinstance(segment, dict) and isinstance(prompts := segment.get("prompts"), list) else 0
        if count > left:
            said = {"count": count, "bound": left}
            yield f"segments[{place}].prompts", _("has %(count)s of them, at most %(bound)s fit") % said
        left = max(0, left - count)


def faults_of_logo(given: Any) -> Iterable[tuple[str, str]]:
    if not isinstance(given, dict) or not isinstance(data := given.get("data"), str) or len(data) > PROGRAMME_BYTES:
        return
    try:
        logo.read(data)
    except Refusal as no:
        if no.status != 400:
            raise
        yield "logo.data", no.message


def faults_of_segment(path: str, segment: Any) -> Iterable[tuple[str, str]]:
    """What depends on the kind: an unknown one, and its options."""
    if not isinstance(segment, dict) or not isinstance(segment.get("kind"), str):
        return
    kind = KINDS.get(segment["kind"])
    if kind is None:
        said = {"value": short(segment["kind"]), "kinds": ", ".join(sorted(KINDS))}
        yield f"{path}.kind", _("%(value)s is not a kind; there are %(kinds)s") % said
        return
    given = {key: value for key, value in segment.items() if key not in SEGMENT}
    options = {"type": "object", "properties": dict(kind.options), "additionalProperties": False}
    faults = [fault for error in Checker(options).iter_errors(given) for fault in told(error)]
    for key, reason in faults or kind.faults(given):
        yield f"{path}.{key}", reason


def options_of(segment: Mapping[str, Any]) -> dict[str, Any]:
    """What belongs to the segment's kind, and the options of every kind."""
    return {name: value for name, value in segment.items() if name not in SEGMENT or name in OPTIONS}


def schema() -> Schema:
    segment = {"type": "object", "properties": SEGMENT, "required": ["kind", "title", "minutes"]}
    properties = {**EVENT, "segments": {"type": "array", "items": segment, "minItems": 1, "maxItems": 100}}
    return {
        "type": "object",
        "properties": properties,
        "required": ["title", "segments"],
        "additionalProperties": False,
    }


def is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
