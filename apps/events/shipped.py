"""The programmes that come with socialhub, to begin with."""

from functools import lru_cache
from pathlib import Path

from .programme import Programme, parse

FOLDER = Path(__file__).parent / "programmes"
NAMES = ("open-collaboration-social", "newcomers-mixer", "paper-reading-social", "online-social")


@lru_cache
def content(name: str) -> bytes:
    """The file of one of `NAMES`."""
    return (FOLDER / f"{name}.toml").read_bytes()


def programme(name: str) -> Programme:
    """A checked programme of its own; read anew, because kinds may have learnt options since."""
    return parse(content(name))
