"""One message to many websockets, and one of its own to each; every opponent in the same run, interleaved.

    python -m tests.bench.fanout [--sizes 200,1000,5000,10000] [--rounds 2] [--broadcasts 9] [--quick]

`cpu_ms` is of the server process. With us commit, hint, reading and framing are inside; the opponents only send.
`alone_ms` is ours less what the same costs with a single phone: what the fan-out takes. The bare loop, which knows
nothing but how to write a ready frame, shows what the machine and the load client can do.
"""

import collections
import dataclasses
import statistics
from collections.abc import Sequence

from tests.bench import report
from tests.bench.fanout.measure import Figures, measure
from tests.bench.fanout.opponents import Opponent, opponents
from tests.servers.redis import redis

OURS = "socialhub"
# Each a message of its own: this many at once is an evening's icebreaker.
EACH_AT = 1_000

Runs = dict[tuple[str, int, str], list[Figures]]


def main() -> None:
    parser = report.arguments(__doc__)
    parser.add_argument("--sizes", default="200,1000,5000,10000")
    parser.add_argument("--rounds", type=int, default=2, help="of sizes above 1,000 one is made")
    parser.add_argument("--broadcasts", type=int, default=9)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.quick:
        sizes, options.rounds, options.broadcasts = [50, 100], 1, 3
    runs: Runs = collections.defaultdict(list)
    with redis() as kept:
        found = opponents(kept.url)
        everybody(runs, [one for one in found if one.name == OURS], 1, ("all", "each"), 1, options.broadcasts)
        for size in sizes:
            ways = ("all", "each") if size == EACH_AT or size == max(sizes) < EACH_AT else ("all",)
            rounds = options.rounds if size <= 1_000 else 1
            everybody(runs, found, size, ways, rounds, options.broadcasts)
            tell(runs)  # after each size: whatever comes next, this is kept


def tell(runs: Runs) -> None:
    for way, name in (("all", "fanout"), ("each", "personal")):
        rows = [
            row(size, who, figures, runs[told, size, OURS], runs[told, 1, OURS])
            for (told, size, who), figures in list(runs.items())
            if told == way and size > 1 and figures and runs[told, size, OURS]
        ]
        if rows:
            report.write(name, rows, plot=("phones", "cpu_ms", "server") if way == "all" else None)


def everybody(runs: Runs, found: list[Opponent], size: int, ways: Sequence[str], rounds: int, broadcasts: int) -> None:
    """Round by round, so that a slow minute of the machine falls on all of them."""
    for number in range(rounds):
        for opponent in found:
            if size > opponent.largest:
                continue
            try:
                measured = measure(opponent, size, broadcasts, ways)
            except (SystemExit, OSError, ValueError) as no:
                print(f"{size:>6} round {number + 1} {opponent.name} left out: {no!r}", flush=True)
                continue
            for way, figures in measured.items():
                runs[way, size, opponent.name].append(figures)
                print(f"{size:>6} {way:<4} round {number + 1} {opponent.name:<22} {figures}", flush=True)


def middle(found: list[Figures]) -> Figures:
    names = [field.name for field in dataclasses.fields(Figures)]
    return Figures(**{name: statistics.median(getattr(one, name) for one in found) for name in names})


def row(size: int, who: str, found: list[Figures], own: list[Figures], single: list[Figures]) -> report.Row:
    figures, ours = middle(found), middle(own)
    return {
        "phones": size,
        "server": who,
        "cpu_ms": round(figures.cpu, 1),
        "alone_ms": round(figures.cpu - middle(single).cpu, 1) if who == OURS and single else "",
        "p50_ms": round(figures.p50, 1),
        "p99_ms": round(figures.p99, 1),
        "max_ms": round(figures.max, 1),
        "kib_a_phone": round(figures.kib, 1),
        "cpu_against_ours": round(figures.cpu / ours.cpu, 2),
        "p99_against_ours": round(figures.p99 / ours.p99, 2),
    }


if __name__ == "__main__":
    main()
