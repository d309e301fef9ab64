"""Plots as SVG text, without a library and without a network: areas over time and bars. Pure.

Each is an image with a name and a description for those who do not see it; the page puts the table it was drawn from
beside it. Colours and letters are the page's: shapes carry the classes `series-0`, `series-1` and so on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 420, 210
# Labels closer than this (in units of the drawing) would touch; half of it is kept beside the last one.
ROOM_FOR_LABEL = 52
LEFT, RIGHT, TOP, BOTTOM = 44, ROOM_FOR_LABEL // 2, 12, 34
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
MOST_LABELS = 1 + PLOT_WIDTH // ROOM_FOR_LABEL
# Minutes between the times of day that are written.
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440)


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each place of a plot, none below zero."""

    label: str
    values: Sequence[float]


def areas(name: str, title: str, about: str, instants: Sequence[datetime], series: Sequence[Series]) -> str:
    """Values over time, one series stacked on the other; `name` is unique on the page, `instants` ascend.

    Times of day are written in the zone of the instants.
    """
    totals = [sum(one.values[place] for one in series) for place in range(len(instants))]
    top = ceiling(max(totals, default=0))
    begin = instants[0].timestamp() if instants else 0.0
    length = max((instants[-1].timestamp() - begin) if instants else 0.0, 1.0)
    across = [LEFT + PLOT_WIDTH * (one.timestamp() - begin) / length for one in instants]
    shapes, below = [], [0.0] * len(instants)
    for place, one in enumerate(series):
        above = [under + value for under, value in zip(below, one.values, strict=True)]
        edge = [*zip(across, above, strict=True), *reversed([*zip(across, below, strict=True)])]
        points = " ".join(f"{number(x)},{number(down(value, top))}" for x, value in edge)
        if points:
            shapes.append(f'<polygon class="series-{place}" points="{points}"/>')
        below = above
    labels = [
        label(LEFT + PLOT_WIDTH * (one.timestamp() - begin) / length, f"{one:%H:%M}") for one in full_times(instants)
    ]
    return drawing(name, title, about, [*grid(top), *shapes, *labels])


def full_times(instants: Sequence[datetime]) -> list[datetime]:
    """Times of day to be written below: all multiples of the shortest step that leaves them room."""
    if not instants:
        return []
    begin, end = instants[0], instants[-1]
    minutes = max((end - begin).total_seconds() / 60, 1)
    step = next((one for one in STEPS if PLOT_WIDTH * one / minutes >= ROOM_FOR_LABEL), STEPS[-1])
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    first = ceil((begin - midnight) / timedelta(minutes=step))
    marks = (midnight + timedelta(minutes=step * count) for count in range(first, first + MOST_LABELS))
    return [one for one in marks if one <= end] or [begin]


def bars(name: str, title: str, about: str, places: Sequence[str], series: Sequence[Series]) -> str:
    """Values side by side, one bunch of bars at each place; `name` is unique on the page."""
    top = ceiling(max((value for one in series for value in one.values), default=0))
    step = PLOT_WIDTH / max(len(places), 1)
    thick = min(step * 0.7 / max(len(series), 1), 48)
    shapes = []
    for order, one in enumerate(series):
        for place, value in enumerate(one.values):
            x = LEFT + step * (place + 0.5) + thick * (order - len(series) / 2)
            y = down(value, top)
            height = TOP + PLOT_HEIGHT - y
            shapes.append(
                f'<rect class="series-{order}" x="{number(x)}" y="{number(y)}" '
                f'width="{number(thick * 0.92)}" height="{number(height)}"/>'
            )
    # With many places every second or third is named.
    every = max(1, ceil(ROOM_FOR_LABEL / 2 / step))
    labels = [label(LEFT + step * (at + 0.5), text) for at, text in enumerate(places) if at % every == 0]
    return drawing(name, title, about, [*grid(top), *shapes, *labels])


def drawing(name: str, title: str, about: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def grid(top: int) -> list[str]:
    """Lines at the quarters of the scale, or at each whole number of a short one."""
    count = top if top <= 4 else 4
    made = []
    for step in range(count + 1):
        value = top * step // count
        y = number(down(value, top))
        made.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        made.append(f'<text class="scale" x="{LEFT - 8}" y="{y}" dy="0.32em" text-anchor="end">{value}</text>')
    return made


def label(x: float, text: str) -> str:
    return f'<text class="place" x="{number(x)}" y="{HEIGHT - 12}" text-anchor="middle">{escape(text)}</text>'


def down(value: float, top: int) -> float:
    """From a value to its place in the drawing, where y grows downwards."""
    return TOP + PLOT_HEIGHT * (1 - value / top)


def ceiling(value: float) -> int:
    """The end of a scale that has `value` on it: 1 to 4, or four whole steps that are easy to read."""
    if value <= 4:
        return max(1, ceil(value))
    power = 10 ** floor(log10(value / 4))
    steps = (step * power for step in (1, 2, 2.5, 3, 4, 5, 6, 8, 10))
    return 4 * next(int(step) for step in steps if step == int(step) and 4 * step >= value)


def number(value: float) -> str:
    """Short, and never `1e-05`."""
    return f"{value:.1f}".removesuffix(".0")
