"""When each kind of push reached each phone: read off the documents that a frame brings anew."""

from typing import Any

from .held import Held
from .journal import Journal


def note_arrivals(journal: Journal, label: str, held: Held, frame: dict[str, Any]) -> None:
    """What came to whom `label` names. Called before the frame is applied: what it has and `held` has not is news."""
    note, before = journal.arrive, held.documents
    for key, document in frame["documents"].items():
        if document is None:
            continue
        old = before.get(key) or {}
        kind, _slash, ident = key.partition("/")
        match frame["stream"], kind:
            case "public", "now" if document["step"] != old.get("step"):
                note("a move", document["step"])
            case "public", "round" if document["id"] != old.get("id"):
                note("a round, to all", document["id"])
            case "public", "bowl" if len(document["draws"]) > len(old.get("draws", ())):
                note("a name called", f"{ident}/{len(document['draws'])}")
            case "public", "tips" if not old:
                note("a tip on the wall", ident)
            case "me", "group" if document.get("round") and document["round"] != old.get("round"):
                note("one's own group", document["round"])
            case "me", "contacts" if document["state"] == "swapped" != old.get("state"):
                note("a swapped contact", f"{journal.people.get(label)}/{ident}")
            case "public", "pictures" if not old:
                note("a picture shown", ident)
            case "crew", "picture_queue" if not old:
                note("a picture to moderate", ident)
            case "crew", "queue" if not old:
                note("a tip to moderate", ident)
