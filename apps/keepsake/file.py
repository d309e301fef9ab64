"""A keepsake as one self-contained HTML file: style, letters and pictures inside, no script, nothing fetched."""

import base64
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO, TypeAlias

from django.core.files import File
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .sending import spool
from .sheet import Picture, Sheet

# From and to which byte a picture stands, by its source.
Places: TypeAlias = dict[str, tuple[int, int]]

STATIC = Path(__file__).parent / "static" / "keepsake"
FONT = re.compile(r'"(\.\./screens/fonts/[\w-]+\.woff2)"')
SCREENS = Path(__file__).parent.parent / "screens" / "static"
# Mail takes 25 MB and base64 adds a third: what is over this stays on the page.
MOST_PICTURE_BYTES = 12 * 1024 * 1024
# A multiple of three, so that pieces of base64 join without padding.
PIECE = 48 * 1024


def written(sheet: Sheet, files: Mapping[str, File]) -> IO[bytes]:
    """The file, spooled. `files`: the stored pictures, JPEG, by the `source` of the sheet's.

    In memory there is one piece of one picture at a time; pictures beyond `MOST_PICTURE_BYTES` are only counted, and
    one that is deleted meanwhile is left out: all are read before anything is told of them.
    """
    with spool() as letters:
        places, left_out = read(sheet.pictures, files, letters)
        # Marks that nobody can have typed stand where the pictures will.
        marks = {secrets.token_hex(16): one for one in sheet.pictures if one.source in places}
        marked = [replace(one, source=mark) for mark, one in marks.items()]
        told = replace(sheet, pictures=marked, left_out=left_out)
        text: str = render_to_string("keepsake/file.html", {"sheet": told, "style": style()})
        made = spool()
        for mark, one in marks.items():
            before, text = text.split(mark, 1)
            made.write(before.encode())
            made.write(b"data:image/jpeg;base64,")
            start, end = places[one.source]
            letters.seek(start)
            for at in range(start, end, PIECE):
                made.write(letters.read(min(PIECE, end - at)))
    made.write(text.encode())
    return made


def read(pictures: Sequence[Picture], files: Mapping[str, File], letters: IO[bytes]) -> tuple[Places, int]:
    """Write those that fit, from the first on, in base64; where each stands by its source, and how many did not fit."""
    places: Places = {}
    total = 0
    for count, one in enumerate(pictures):
        try:
            total += files[one.source].size
            if total > MOST_PICTURE_BYTES:
                return places, len(pictures) - count
            start = letters.tell()
            with files[one.source].open("rb") as opened:
                letters.writelines(base64.b64encode(piece) for piece in pieces_of(opened))
        except (KeyError, FileNotFoundError):
            continue
        places[one.source] = start, letters.tell()
    return places, 0


def pieces_of(opened: File) -> Iterator[bytes]:
    while piece := opened.read(PIECE):
        yield piece


@lru_cache
def style() -> SafeString:
    """The page's stylesheet with its letters inside."""
    sheet = (STATIC / "keepsake.css").read_text()
    return mark_safe(FONT.sub(lambda found: f'"{inside(found[1])}"', sheet))  # noqa: S308 - a file of our own


def inside(address: str) -> str:
    content = (SCREENS / address.removeprefix("../")).read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"
