"""Who decided what, as files to keep: JSON for programs, CSV for a spreadsheet that must not run it."""

import io
from collections.abc import Iterable

from apps.core import spreadsheet

from .documents import Document

COLUMNS = ("at", "by", "verb", "before", "after", "reason", "undone_at", "tip", "text")


def as_csv(lines: Iterable[Document]) -> str:
    """One row a decision under a row of names."""
    text = io.StringIO(newline="")
    spreadsheet.write(text, COLUMNS, lines)
    return text.getvalue()
