"""`RESULTS.md`: aims and what was measured, then every table; made of whatever JSON the parts have left."""

import json
import pathlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench import report

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """`seconds` is where it is taken for hung, far above what it takes; `tables` are what it writes."""

    seconds: int
    tables: tuple[str, ...]
    about: str


PARTS = {
    "fanout": Part(
        720,
        ("fanout", "personal"),
        "One message to all, and one of its own to each. With us the commit is inside all figures; the opponents only "
        "send. `alone_ms` is our CPU less what a message to a single phone takes, commit and all: the fan-out alone, "
        "like for like.",
    ),
    "path": Part(
        120, ("path",), "From the host's press (HTTP) to the last phone; real pages tell when it was painted."
    ),
    "rounds_bench": Part(120, ("rounds",), "Groups for everybody, from the press to the last phone."),
    "arrivals": Part(150, ("arrivals",), "What a phone costs that comes, comes back, or asks over HTTP."),
    "joining": Part(240, ("joining",), "People with the invitation behind one address: page, join, socket."),
    "returning": Part(180, ("returning",), "Everybody comes back after kill -9; seconds from the opening of the port."),
    "beside_requests": Part(90, ("beside_requests",), "Broadcasts while the same process answers requests."),
    "stuck": Part(90, ("stuck",), "Phones that stop reading beside those that do not; messages of 16 KB."),
    "stall": Part(300, ("stall",), "The longest time the event loop stood still with idle phones."),
    "many_events": Part(150, ("many_events",), "Something told to many small events at once, and to a large one."),
    "processes": Part(240, ("processes",), "Two processes on Postgres and Redis against one; a press to the read."),
    "tips": Part(90, ("tips",), "A tip's way to the moderators, and from their approval to everybody."),
    "suggestions": Part(120, ("suggestions",), "Themes suggested while broadcasts go on, 25 a second."),
    "wall": Part(120, ("wall",), "Milliseconds between frames in Chromium while tips come in."),
    "pairing_bench": Part(150, ("pairing",), "Repeats above the best known, and milliseconds a round."),
    "theming_bench": Part(
        150, ("themes", "theme_seconds", "near_duplicates"), "Suggested themes held against boards that people sorted."
    ),
}


def write(path: pathlib.Path, failed: dict[str, str], is_quick: bool, took: dict[str, float]) -> None:
    """Everything that is there by now; `failed` says why, `took` in seconds, by part."""
    tables: dict[str, Rows] = {}
    for part in PARTS.values():
        for name in part.tables:
            file = report.OUT / f"{name}.json"
            if file.exists():
                tables[name] = json.loads(file.read_text())["rows"]
    lines = [
        "# What was measured",
        "",
        f"{report.now()} on {report.machine()}; server, opponents, load and browsers share those cores. "
        f"`make bench`, {sum(took.values()) / 60:.1f} minutes. Times depend on the machine; ratios hardly do.",
        "",
    ]
    if is_quick:
        lines += ["**Tiny sizes (`--quick`): this only shows that everything runs.**", ""]
    if found := [row for aim in AIMS for row in reached(aim, tables)]:
        lines += ["## Aims", "", report.table(found), ""]
        lines += [line for sentence in beyond_reach(tables) for line in (sentence, "")]
    for part_name, part in PARTS.items():
        there = [name for name in part.tables if name in tables]
        if not there and part_name not in failed:
            continue
        lines += [f"## {part_name.removesuffix('_bench').replace('_', ' ').capitalize()}", ""]
        lines += [part.about + (f" ({took[part_name]:.0f} s)" if part_name in took else ""), ""]
        if part_name in failed:
            lines += [f"**Not whole: {failed[part_name]}**", ""]
        for name in there:
            lines += [report.table(tables[name]), ""]
            if name == "fanout":
                lines += ["![Milliseconds of CPU for one broadcast, by the number of phones](fanout.svg)", ""]
    path.write_text("\n".join(lines))


def reached(aim: Callable[[dict[str, Rows]], Iterator[report.Row]], tables: dict[str, Rows]) -> list[report.Row]:
    try:
        return list(aim(tables))
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError):
        return []  # its part is not there


def judged(aim: str, wanted: str, measured: str, is_reached: bool | None) -> report.Row:
    """A line of the aims; None where the aim is to be shown."""
    judgement = {True: "reached", False: "**missed**", None: ""}[is_reached]
    return {"aim": aim, "wanted": wanted, "measured": measured, "": judgement}


def one(rows: Rows, **wanted: object) -> dict[str, Any]:
    """The first row with these values; raises IndexError."""
    found = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    return found[0]


def by_phones(rows: Rows) -> Iterator[tuple[int, dict[str, dict[str, Any]]]]:
    """For each number of phones, the rows by server."""
    for phones in dict.fromkeys(row["phones"] for row in rows):
        yield phones, {row["server"]: row for row in rows if row["phones"] == phones}


def broadcasts(tables: dict[str, Rows]) -> Iterator[report.Row]:
    for phones, servers in by_phones(tables["fanout"]):
        ours = servers["socialhub"]
        # The opponents commit nothing: held against them is what they do as well.
        alone, whole = ours["alone_ms"], ours["cpu_ms"]
        name = f"broadcast to {phones:,}"
        if limit := servers.get("bare loop"):
            ratio = alone / limit["cpu_ms"]
            told = f"{ratio:.2f} ×; with the commit {whole / limit['cpu_ms']:.2f} ×"
            yield judged(f"{name}: CPU of the fan-out against a bare loop", "≤ 1.6 ×", told, ratio <= MOST_OF_LIMIT)
        if stock := servers.get("Channels, Redis"):
            ratio = stock["cpu_ms"] / alone
            told = f"{ratio:.0f} ×; with the commit {stock['cpu_ms'] / whole:.0f} ×"
            wanted = f"≥ {LESS_THAN_STOCK} ×"
            yield judged(
                f"{name}: CPU of stock Channels on Redis against the fan-out", wanted, told, ratio >= LESS_THAN_STOCK
            )
        if node := servers.get("Node ws"):
            ratio = ours["p99_ms"] / node["p99_ms"]
            yield judged(f"{name}: p99, commit included, against Node's `ws`", "≤ 1 ×", f"{ratio:.2f} ×", ratio <= 1)


def beyond_reach(tables: dict[str, Rows]) -> Iterator[str]:
    """Where an aim asks for less than the least there can be."""
    for phones, servers in by_phones(tables.get("fanout", [])):
        limit, stock = servers.get("bare loop"), servers.get("Channels, Redis")
        if not limit or not stock or not limit["cpu_ms"]:
            continue
        ratio = stock["cpu_ms"] / limit["cpu_ms"]
        if ratio < LESS_THAN_STOCK:
            yield (
                f"With {phones:,} phones, {LESS_THAN_STOCK} × less CPU than stock Channels on Redis lies beyond reach: "
                f"a bare event loop, which only ever writes ready frames, takes {ratio:.0f} × less."
            )


def memory(tables: dict[str, Rows]) -> Iterator[report.Row]:
    kib = one(tables["arrivals"], what="all of it (snapshot)")["kib_a_phone"]
    yield judged("memory a phone", "≤ 35 KiB", f"{kib:.1f} KiB", kib <= 35)


def nobody_refused(tables: dict[str, Rows]) -> Iterator[report.Row]:
    for storm in tables["joining"]:
        name = f"{storm['phones']:,} join over {storm['over_seconds']:.0f} s, files: {storm['files']}"
        told = f"{storm['refusals']}; p95 {storm['p95_ms'] / 1000:.1f} s"
        yield judged(f"{name}: refusals", "0", told, storm["refusals"] == 0)


def all_back(tables: dict[str, Rows]) -> Iterator[report.Row]:
    worst = one(tables["returning"], way="at_once")["worst_seconds"]
    yield judged("all live again after kill -9", "≤ 5 s", f"{worst:.1f} s", worst <= 5)


def undisturbed(tables: dict[str, Rows]) -> Iterator[report.Row]:
    requests = tables["beside_requests"]
    alone, loaded = requests[0]["p99_ms"], requests[-1]["p99_ms"]
    rate = requests[-1]["asked_a_second"]
    yield judged(f"broadcast p99 beside {rate} requests a second", "shown", f"{loaded} ms, alone {alone} ms", None)
    well, ill = tables["stuck"][:2]
    ratio = ill["p99_ms"] / well["p99_ms"]
    told = f"{ratio:.2f} ×, {ill['server_grew_mib']} MiB"
    is_calm = ratio <= 1.25 and ill["server_grew_mib"] <= 32
    yield judged("p99 of the others beside stuck readers; memory", "≤ 1.25 ×, ≤ 32 MiB", told, is_calm)


def stalls(tables: dict[str, Rows]) -> Iterator[report.Row]:
    [found] = tables["stall"]
    name = f"worst stall, {found['phones']:,} idle phones, {found['seconds']:.0f} s"
    yield judged(name, "≤ 50 ms", f"{found['worst_ms']} ms", found["worst_ms"] <= 50)


def suggested(tables: dict[str, Rows]) -> Iterator[report.Row]:
    for tips, most in ((500, 0.3), (2000, 1.5)):
        took = one(tables["suggestions"], tips=tips, what="features cached")
        alone = one(tables["suggestions"], tips=tips, what="nothing computed")["p99_ms"]
        told = f"{took['seconds']:.2f} s; broadcasts p99 {took['p99_ms']} ms, else {alone} ms"
        yield judged(f"themes for {tips:,} tips, features cached", f"≤ {most} s", told, took["seconds"] <= most)


LESS_THAN_STOCK, MOST_OF_LIMIT = 40, 1.6
AIMS = [broadcasts, memory, nobody_refused, all_back, undisturbed, stalls, suggested]
