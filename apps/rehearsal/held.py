"""What a client holds of a stream, and the rule by which a frame changes it: PROTOCOL.md, section 4."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Held:
    """One stream as a client holds it."""

    epoch: str = ""
    version: int = 0
    documents: dict[str, Any] = field(default_factory=dict)

    @property
    def cursor(self) -> dict[str, object]:
        return {"epoch": self.epoch, "since": self.version}


def reduce(held: Held, frame: dict[str, Any]) -> str:
    """Apply one snapshot or changes frame; says `applied`, `dropped` or `resync`."""
    if frame["type"] == "snapshot":
        held.epoch, held.version, held.documents = frame["epoch"], frame["version"], dict(frame["documents"])
        return "applied"
    if frame["version"] <= held.version:
        return "dropped"
    if frame["since"] > held.version:
        return "resync"
    for key, document in frame["documents"].items():
        if document is None:
            held.documents.pop(key, None)
        else:
            held.documents[key] = document
    held.version = frame["version"]
    return "applied"
