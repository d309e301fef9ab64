"""Repeats and time a round: ours, shuffle-and-cut, and the best public algorithm, one after the other in each round.

    python -m tests.bench.pairing_bench [--quick]

The three run interleaved, with the same people and each with its own history, so that whatever else the machine does
falls on all of them. Excess is the number of repeats above the best known (tests/matching/bounds.csv). Times are
milliseconds for one round, the history ready; ours includes everything `pair` does. The ratio is ours to
shuffle-and-cut, from the medians of the same run.
"""

import csv
import random
import statistics
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

from apps.matching.history import History, Person
from apps.matching.pairing import ALGORITHM, pair
from tests.bench import report

Groups = list[tuple[int, ...]]
# (people, rounds, evenings): small evenings for the repeats, large ones for the time.
EVENINGS = [(12, 5, 10), (15, 7, 6), (18, 8, 6), (24, 10, 4), (27, 12, 3), (40, 12, 2)]
CROWDS = [(200, 12, 3), (1000, 12, 2), (10_000, 8, 1)]
# The public algorithm looks at up to 9,000 exchanges a generation for each person; above this it is left out.
GOLFERS_UP_TO = 200
AIMS = {200: 5.0, 1000: 20.0, 10_000: 250.0}


class Ours:
    name = "ours"

    def __init__(self, people: int, rounds: int, seed: int) -> None:
        self.people = [Person(f"person{at:07}") for at in range(people)]
        self.history, self.plans, self.left = History(), (), rounds
        self.random = random.Random(seed)

    def draw(self) -> Groups:
        drawn = pair(
            self.people, self.history, seed=self.random.getrandbits(256), plans=self.plans, rounds_left=self.left
        )
        self.drawn = drawn
        return [tuple(int(one[6:]) for one in group) for group in drawn.groups]

    def after(self) -> None:
        self.history = self.history.and_then([self.drawn.groups])
        self.plans, self.left = self.drawn.plans, self.left - 1


class ShuffleAndCut:
    """What most tools do: shuffle, cut into threes, and pairs for what does not divide."""

    name = "shuffle"

    def __init__(self, people: int, rounds: int, seed: int) -> None:
        self.people = list(range(people))
        self.random = random.Random(seed)

    def draw(self) -> Groups:
        self.random.shuffle(self.people)
        return cut(self.people)

    def after(self) -> None:
        pass


class GoodEnoughGolfers:
    """The rule published as github.com/islemaster/good-enough-golfers (lib/geneticSolver.js), written anew.

    A round weighs the sum over its pairs of the square of how often they have met. From 5 random rounds, for at most
    30 generations or until one weighs nothing: each round stays and has as offspring every exchange of one person
    of its heaviest group with one of another group, and 2 random rounds; of all, those that share the least weight
    go on, at most 100, drawn at random. Weights of offspring are computed from their parent's, so that it is not
    slower than it need be.
    """

    name = "golfers"
    starts, generations, random_rounds, kept = 5, 30, 2, 100

    def __init__(self, people: int, rounds: int, seed: int) -> None:
        self.people = people
        self.random = random.Random(seed)
        self.cost = [[0] * people for _ in range(people)]
        self.drawn: Groups = []

    def weight(self, groups: Groups) -> int:
        return sum(self.cost[a][b] for group in groups for a, b in combinations(group, 2))

    def random_round(self) -> tuple[int, Groups]:
        groups = cut(self.random.sample(range(self.people), self.people))
        return self.weight(groups), groups

    def offspring(self, total: int, groups: Groups, least: int) -> tuple[int, list[Groups]]:
        """The least weight among the exchanges, if it is at most `least`, and all that have it."""
        cost = self.cost
        loads = [self.weight([group]) for group in groups]
        worst = max(range(len(groups)), key=loads.__getitem__)
        found: list[tuple[int, int, int]] = []
        for i, one in enumerate(groups[worst]):
            row = cost[one]
            rest = [mate for mate in groups[worst] if mate != one]
            without = total - sum(row[mate] for mate in rest)
            for g, group in enumerate(groups):
                if g == worst:
                    continue
                entering = sum(row[mate] for mate in group)
                for j, other in enumerate(group):
                    other_row = cost[other]
                    weight = without + entering - row[other]
                    for mate in rest:
                        weight += other_row[mate]
                    for mate in group:
                        weight -= other_row[mate]
                    if weight < least:
                        least, found = weight, []
                    if weight == least:
                        found.append((i, g, j))
        return least, [exchanged(groups, worst, *where) for where in found]

    def draw(self) -> Groups:
        options = [self.random_round() for _ in range(self.starts)]
        least = min(weight for weight, _ in options)
        for _ in range(self.generations):
            if not least:
                break
            born: list[tuple[int, Groups]] = list(options)
            for weight, groups in options:
                least, children = self.offspring(weight, groups, least)
                born += [(least, child) for child in children]
                born += [self.random_round() for _ in range(self.random_rounds)]
            least = min(weight for weight, _ in born)
            options = [option for option in born if option[0] == least]
            self.random.shuffle(options)
            del options[self.kept :]
        self.drawn = next(groups for weight, groups in options if weight == least)
        return self.drawn

    def after(self) -> None:
        for group in self.drawn:
            for a, b in combinations(group, 2):
                times = round(self.cost[a][b] ** 0.5) + 1
                self.cost[a][b] = self.cost[b][a] = times**2


def exchanged(groups: Groups, worst: int, i: int, g: int, j: int) -> Groups:
    after = list(groups)
    one, other = groups[worst][i], groups[g][j]
    after[worst] = (*groups[worst][:i], other, *groups[worst][i + 1 :])
    after[g] = (*groups[g][:j], one, *groups[g][j + 1 :])
    return after


def cut(people: list[int]) -> Groups:
    """Threes, and pairs for what does not divide."""
    pairs = -len(people) % 3
    threes = len(people) - 2 * pairs
    return [tuple(people[at : at + 3]) for at in range(0, threes, 3)] + [
        tuple(people[at : at + 2]) for at in range(threes, len(people), 2)
    ]


def evening(people: int, rounds: int, seed: int) -> dict[str, tuple[int, list[float]]]:
    """Repeats and seconds a round of each, drawn in turn."""
    tables = [make(people, rounds, seed) for make in MAKERS if make is not GoodEnoughGolfers or people <= GOLFERS_UP_TO]
    met: dict[str, set[tuple[int, int]]] = {table.name: set() for table in tables}
    repeats = dict.fromkeys(met, 0)
    seconds: dict[str, list[float]] = {name: [] for name in met}
    for _ in range(rounds):
        for table in tables:
            start = perf_counter()
            groups = table.draw()
            seconds[table.name].append(perf_counter() - start)
            table.after()
            pairs = {(min(two), max(two)) for group in groups for two in combinations(group, 2)}
            repeats[table.name] += len(pairs & met[table.name])
            met[table.name] |= pairs
    return {name: (repeats[name], seconds[name]) for name in met}


def run(quick: bool = False) -> dict[str, Any]:
    """`{"algorithm", "rows"}`; a row has people, rounds, best_known, aim_ms (or None), ratio, and for each of the
    names of `MAKERS` that took part {"excess", "median_ms", "max_ms"}."""
    rows = []
    for people, rounds, evenings in [*EVENINGS, *CROWDS]:
        played = [evening(people, rounds, seed) for seed in range(1 if quick else evenings)]
        best = best_known().get((people, rounds), 0)
        row: dict[str, Any] = {"people": people, "rounds": rounds, "best_known": best, "aim_ms": AIMS.get(people)}
        for name in played[0]:
            seconds = [second for one in played for second in one[name][1]]
            row[name] = {
                "excess": round(statistics.mean(one[name][0] for one in played) - best, 2),
                "median_ms": round(1000 * statistics.median(seconds), 3),
                "max_ms": round(1000 * max(seconds), 3),
            }
        row["ratio"] = round(row["ours"]["median_ms"] / row["shuffle"]["median_ms"], 1)
        rows.append(row)
    return {"algorithm": ALGORITHM, "rows": rows}


def best_known() -> dict[tuple[int, int], int]:
    with (Path(__file__).parents[1] / "matching/bounds.csv").open() as lines:
        return {(int(row["people"]), int(row["rounds"])): int(row["best_known"]) for row in csv.DictReader(lines)}


def flat(row: dict[str, Any]) -> report.Row:
    """One line of the table."""
    told: report.Row = {"people": row["people"], "rounds": row["rounds"], "aim_ms": row["aim_ms"] or ""}
    for name in (make.name for make in MAKERS if make.name in row):
        told |= {f"{name}_excess_repeats": row[name]["excess"], f"{name}_ms": row[name]["median_ms"]}
    return told


MAKERS = [Ours, ShuffleAndCut, GoodEnoughGolfers]


def main() -> None:
    result = run(report.arguments(__doc__).parse_args().quick)
    report.write("pairing", [flat(row) for row in result["rows"]])


if __name__ == "__main__":
    main()
