"""Figures as people read them: a table, JSON beside it, a plot, and the machine they were measured on."""

import argparse
import datetime
import json
import os
import pathlib
import platform
from collections.abc import Sequence
from typing import TypeAlias

Row: TypeAlias = dict[str, object]

OUT = pathlib.Path(__file__).parents[2] / "var/bench"


def arguments(about: str | None) -> argparse.ArgumentParser:
    """What every bench takes."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny sizes: whether it runs, not how fast")
    return parser


def write(name: str, rows: list[Row], plot: tuple[str, str, str] | None = None) -> None:
    """Print the table and leave `NAME.json` and, with `plot` = (x, y, line), `NAME.svg` in `var/bench/`."""
    OUT.mkdir(parents=True, exist_ok=True)
    told = {"name": name, "machine": machine(), "at": now(), "rows": rows}
    (OUT / f"{name}.json").write_text(json.dumps(told, indent=1) + "\n")
    if plot:
        draw(name, rows, *plot)
    print(f"{name}: {told['at']} · {told['machine']}\n\n{table(rows)}\n", flush=True)


def now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")


def table(rows: Sequence[Row]) -> str:
    """Markdown; a column for every key that any row has."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    lines = [heads, ["---"] * len(heads), *([str(row.get(head, "")) for head in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """Processor, cores, kernel and Python; no names."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.machine()
    kernel = platform.release().split("-")[0]
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {kernel}, Python {platform.python_version()}"


def draw(name: str, rows: list[Row], x: str, y: str, line: str) -> None:
    """A log-log plot, one line for each value of the column `line`."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5))
    for label in dict.fromkeys(row[line] for row in rows):
        points = [(row[x], row[y]) for row in rows if row[line] == label]
        axes.plot(*zip(*points, strict=True), marker="o", label=label)
    axes.set(xlabel=x, ylabel=y, xscale="log", yscale="log", title=name)
    axes.legend()
    figure.tight_layout()
    figure.savefig(OUT / f"{name}.svg")
