"""One stylesheet a screen; its sources in static/screens/css stay small and apart."""

import re
from pathlib import Path

SOURCES = Path(__file__).parent / "static" / "screens" / "css"
SHARED = ("tokens", "base", "parts")
SHEETS = {
    "phone": (*SHARED, "phone"),
    "stage": (*SHARED, "codes", "stage"),
    "console": (*SHARED, "codes", "console"),
    "page": (*SHARED, "codes", "page"),
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\n\s*")


def address(name: str) -> str:
    """Its folder is a sibling of css/, so that relative addresses inside stay valid."""
    return f"screens/sheets/{name}.css"


def joined(name: str) -> str:
    """Text of the stylesheet `name`, comments and indents dropped."""
    parts = (path.read_text() for part in SHEETS[name] if (path := SOURCES / f"{part}.css").exists())
    return INDENT.sub("\n", COMMENT.sub("", "\n".join(parts)))
