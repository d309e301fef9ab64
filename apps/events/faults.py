"""The sentences of a programme's faults: what its JSON Schema found, told beside the key it is about."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from jsonschema import ValidationError

from .local_times import TIME

TYPES = {
    "string": gettext_lazy("%(value)s is not a text"),
    "integer": gettext_lazy("%(value)s is not a whole number"),
    "boolean": gettext_lazy("%(value)s is neither true nor false"),
    "array": gettext_lazy("%(value)s is not a list"),
    "object": gettext_lazy("%(value)s is not a table"),
}
NO_TYPE = gettext_lazy("%(value)s is not allowed")


def told(error: ValidationError) -> Iterable[tuple[str, str]]:
    """`segments[0].minutes`, `-5 is less than the minimum of 0`."""
    path = error.json_path.removeprefix("$").removeprefix(".")
    match error.validator:
        case "required":
            for missing in error.validator_value:
                if missing not in error.instance:
                    yield joined(path, missing), _("is missing")
        case "additionalProperties":
            known: dict[str, Any] = error.schema["properties"]  # type: ignore[index]
            for unknown in error.instance.keys() - known.keys():
                yield joined(path, unknown), _("is not a key that is known here")
        case "pattern":
            yield path, reason_of_pattern(error)
        case _:
            yield path, reason(error)


def reason(error: ValidationError) -> str:
    value, bound = error.instance, error.validator_value
    said = {"value": short(value), "bound": bound}
    match error.validator:
        case "minimum":
            return _("%(value)s is less than the minimum of %(bound)s") % said
        case "maximum":
            return _("%(value)s is greater than the maximum of %(bound)s") % said
        case "maxLength":
            sentence = ngettext(
                "has %(count)d character, at most %(bound)s fit",
                "has %(count)d characters, at most %(bound)s fit",
                len(value),
            )
            return sentence % {"count": len(value), "bound": bound}
        case "minItems":
            return _("needs at least %(bound)s of them") % said
        case "maxItems":
            return _("has %(count)s of them, at most %(bound)s fit") % {"count": len(value), "bound": bound}
        case "uniqueItems":
            return _("has the same one twice")
        case "enum":
            return _("%(value)s is not one of %(bound)s") % {**said, "bound": ", ".join(map(repr, bound))}
        case "type":
            return str(TYPES.get(bound, NO_TYPE) % said)
    return str(NO_TYPE % said)


def reason_of_pattern(error: ValidationError) -> str:
    said = {"value": short(error.instance)}
    if error.validator_value == TIME["pattern"]:
        return _("%(value)s is not a time such as '12:45'") % said
    if "url" in error.absolute_path:
        return _("%(value)s is not an address such as 'https://example.org/'") % said
    if not re.search(r"\S", error.instance):
        return _("%(value)s is blank") % said
    return _("%(value)s has characters that cannot be shown, or is not of the expected form") % said


def joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
