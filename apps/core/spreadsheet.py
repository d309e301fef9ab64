"""CSV (RFC 4180) that a spreadsheet opens as text: nothing that somebody typed is run as a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

# Without it Excel guesses an encoding, wrongly.
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width twins included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(text: IO[str], columns: Sequence[str], lines: Iterable[Mapping[str, object]]) -> None:
    """A byte order mark, a row of names, and one row a line; `text` is opened with `newline=""`, in UTF-8."""
    text.write(BYTE_ORDER_MARK)
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([disarmed(line[column]) for column in columns] for line in lines)


def disarmed(value: object) -> object:
    """A cell that stays text: an apostrophe before what would be a formula. Numbers are what they are."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
