"""The words of the interface for JavaScript: Django's own `djangojs` catalogue, as plain data."""

import ast
import gettext
import re
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from apps.events.kinds import KINDS

from . import together

Words: TypeAlias = dict[str, str | list[str]]

# Counts below this are looked up, larger ones by their last two digits: no catalogue's rule looks further.
COUNTS = 200
ASKED = re.compile(r'(?<![\w.$])_n?\(\s*("(?:[^"\\\n]|\\.)*")')


@lru_cache
def words(language: str) -> tuple[Words, str]:
    """`({msgid: text, or its plural forms}, digits)` of a language; `digits[count]` is the form of the counts 0 to 199.

    Only what differs from the sources. The digits spare screens from evaluating the catalogue's plural rule.
    """
    translation = DjangoTranslation(language, domain="djangojs", localedirs=locale_folders())
    found: Words = {}
    forms: dict[str, dict[int, str]] = {}
    for key, text in translation._catalog.items():  # type: ignore[attr-defined]
        match key:
            case "":
                continue
            case (msgid, form):
                forms.setdefault(msgid, {})[form] = text
            case _ if text and text != key:
                found[key] = text
    found.update({msgid: [by_form[form] for form in sorted(by_form)] for msgid, by_form in forms.items()})
    return found, digits(translation) if forms else ""


@lru_cache
def phone_words(language: str) -> tuple[Words, str]:
    """The same for a phone, on whose first load every kilobyte counts: only what its own scripts ask for."""
    found, table = words(language)
    asked = phone_texts()
    return {text: said for text, said in found.items() if text in asked}, table


@lru_cache
def phone_texts() -> frozenset[str]:
    scripts = [together.shared(), *map(together.entry, together.ENTRIES), together.read(together.ME).body]
    for kind in KINDS.values():
        if kind.script:
            scripts.append(together.kind(kind.script, "phone"))
            scripts += [together.later(path, "phone") for path in together.later_paths(kind.script, "phone")]
    return frozenset(ast.literal_eval(text) for script in scripts for text in ASKED.findall(script))


def digits(translation: gettext.NullTranslations) -> str:
    plural = getattr(translation, "plural", lambda count: int(count != 1))
    return "".join(str(plural(count)) for count in range(COUNTS))


def locale_folders() -> list[str]:
    ours = [Path(config.path) / "locale" for config in apps.get_app_configs() if config.name.startswith("apps.")]
    return [str(folder) for folder in (*ours, *map(Path, settings.LOCALE_PATHS)) if folder.is_dir()]
