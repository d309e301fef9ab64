"""QR codes as an SVG path: the screens draw it themselves, in their own colours."""

from functools import lru_cache
from typing import TypedDict

import segno

QUIET_ZONE = 4  # modules, ISO/IEC 18004


class Qr(TypedDict):
    path: str
    size: int


def svg(text: str) -> str:
    """The code as an image of its own, black on white."""
    drawn = qr(text)
    size = drawn["size"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{drawn["path"]}"/></svg>'
    )


@lru_cache(maxsize=256)
def qr(text: str) -> Qr:
    """`path` of strokes one module wide on a grid of `size` modules, quiet zone included; error correction M."""
    return fresh(text)


def fresh(text: str) -> Qr:
    """The same of a secret, which no cache is to remember."""
    code = segno.make(text, error="m", micro=False)
    strokes = []
    for row, modules in enumerate(code.matrix_iter(border=QUIET_ZONE)):
        column = 0
        line = list(modules)
        while column < len(line):
            end = column
            while end < len(line) and line[end]:
                end += 1
            if end > column:
                strokes.append(f"M{column} {row}.5h{end - column}")
            column = max(end, column + 1)
    return {"path": "".join(strokes), "size": int(code.symbol_size(border=QUIET_ZONE)[0])}
