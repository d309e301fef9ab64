"""PROTOCOL.md as data: its examples, and whether something real has the shape of one.

An app whose segments have documents of their own describes them in its DOCUMENTS.md, in the same format.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from apps.live import streams

APPS = Path(__file__).resolve().parents[2] / "apps"
PAGE = APPS / "live" / "PROTOCOL.md"
EXAMPLE = re.compile(r"^```json (?P<who>\w+)(?: (?P<key>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"[0-9abcdefghjkmnpqrstvwxyz]{12}")
# Objects whose fields belong to somebody else: a kind of segment, a stream, a set of counters.
OPEN = {"options", "documents", "heads", "values"}


def frames(who: str) -> list[dict]:
    """The examples of frames that `client` or `server` sends."""
    return [json.loads(found["text"]) for found in EXAMPLE.finditer(PAGE.read_text()) if found["who"] == who]


def documents(page: Path = PAGE) -> dict[tuple[str, str], object]:
    """The examples of documents by stream and key; `ID` stands in a key for any id."""
    return {
        (found["who"], found["key"]): json.loads(found["text"])
        for found in EXAMPLE.finditer(page.read_text())
        if found["key"]
    }


def all_documents() -> dict[tuple[str, str], object]:
    """Those of PROTOCOL.md and of every app's DOCUMENTS.md."""
    found = documents()
    for page in sorted(APPS.glob("*/DOCUMENTS.md")):
        found |= documents(page)
    return found


def kind_of(key: str) -> str:
    """The key of a document with its ids as `ID`."""
    return ID.sub("ID", key)


def undescribed(app: str, everything: Mapping[str, Mapping[str, object]], keys: tuple[str, ...]) -> list[str]:
    """Where a document of these streams whose key begins so is not what the app's DOCUMENTS.md says of it."""
    examples = documents(APPS / app / "DOCUMENTS.md")
    return [
        line
        for stream, told in everything.items()
        for key, document in told.items()
        if key.startswith(keys)
        for line in differences(examples[streams.alias(stream), kind_of(key)], document, key)
    ]


def differences(example: object, real: object, where: str = "") -> list[str]:
    """Where something real is not of the shape of its example. Null fits everywhere, an empty list as well."""
    if real is None or example is None:
        return []
    if isinstance(example, dict) and isinstance(real, dict):
        if where.rpartition(".")[2] in OPEN:
            return []
        if example and all(ID.fullmatch(key) for key in example):
            pattern = next(iter(example.values()))
            return [line for key, value in real.items() for line in differences(pattern, value, f"{where}.{key}")]
        if example.keys() != real.keys():
            return [f"{where or 'it'} has {sorted(real)}, and the page says {sorted(example)}"]
        return [line for key in example for line in differences(example[key], real[key], f"{where}.{key}")]
    if isinstance(example, list) and isinstance(real, list):
        return [line for value in real for line in differences(example[0], value, f"{where}[]")]
    if type(example) is type(real) or {type(example), type(real)} == {int, float}:
        return []
    return [f"{where} is {real!r}, and the page says {example!r}"]
