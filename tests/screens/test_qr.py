"""The path that screens draw is the code that a reader of QR codes reads."""

import re

import segno

from apps.screens.qr import QUIET_ZONE, qr, svg


def modules_of(drawn: dict[str, object]) -> set[tuple[int, int]]:
    strokes = re.findall(r"M(\d+) (\d+)\.5h(\d+)", str(drawn["path"]))
    return {(int(x) + step, int(y)) for x, y, length in strokes for step in range(int(length))}


def test_the_path_covers_the_dark_modules_and_no_others() -> None:
    text = "https://social.example.org/BCDFG/"
    drawn = qr(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = {
        (column + QUIET_ZONE, row + QUIET_ZONE)
        for row, line in enumerate(matrix)
        for column, module in enumerate(line)
        if module
    }
    assert modules_of(drawn) == dark
    assert drawn["size"] == len(matrix) + 2 * QUIET_ZONE


def test_the_picture_is_black_on_white_whatever_the_theme() -> None:
    picture = svg("https://social.example.org/stage/x/")
    assert 'fill="#fff"' in picture
    assert 'stroke="#000"' in picture
