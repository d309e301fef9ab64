"""Finds, checks and writes `apps/matching/schedules.json`.

    python -m tests.matching.build_schedules [CLEAN]

Starts from the sequences stored already, or from CLEAN, a JSON file {seats: [[[seat, ...], ...], ...]} of rounds
without repeats. Each is checked and then continued, round by round, until every two have met or `ROUNDS` are full.
Where a sequence of its own has fewer repeats over a certain number of rounds, it is searched for with a symmetry:
the seats but the last few are turned in cycles, a few base rounds are turned with them, and only the base rounds
are annealed. In `SYMMETRIC`, `(seats, cycle, base rounds, pairs that never meet)` gives seats // cycle cycles and
cycle * base rounds in all; `(24, 12, 1, 0)` is a resolvable covering, see Assaf, Mendelsohn and Stinson,
"On resolvable coverings of pairs by triples" (1987). Where everybody meets, taking a seat out keeps it so.
A minute or two in all; what it writes is the same on every run.
"""

import json
import math
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from apps.matching.chance import Chance
from apps.matching.history import MET, History
from apps.matching.repair import deal, repair
from apps.matching.schedules import LARGEST_STORED, Round, decode, encode
from apps.matching.sizes import group_sizes

STORE = Path(__file__).parents[2] / "apps/matching/schedules.json"
ROUNDS = 12
TRIES = 100
CHAINS = 5
SYMMETRIC = [(11, 1, 5, 6), (16, 3, 3, 0), (18, 9, 1, 0), (22, 3, 4, 0), (24, 12, 1, 0)]
STEPS = 200_000


def main(clean: str | None) -> None:
    stored = json.loads(STORE.read_text()) if STORE.exists() else {}
    first = {int(seats): [decode(line) for line in sequences[0]] for seats, sequences in stored.items()}
    if clean:
        facts = {int(seats): rounds for seats, rounds in json.loads(Path(clean).read_text()).items()}
        first = {seats: rounds for seats, rounds in facts.items() if seats <= LARGEST_STORED}
    further: dict[int, list[list[Round]]] = {}
    for seats, cycle, base, apart in SYMMETRIC:
        found = symmetric(seats, cycle, base, apart, Chance(seats))
        further.setdefault(seats, []).append(found)
        if seats % 3 == 0:
            further.setdefault(seats - 1, []).append(without_last(found))
    book = {}
    for seats, rounds in sorted(first.items()):
        sequences: list[list[Round]] = []
        for start in [rounds, *further.get(seats, [])]:
            sequence = continued(seats, start, Chance(seats))
            check(seats, sequence)
            if any(all(met(sequence, n) > met(known, n) for known in sequences) for n in range(1, ROUNDS + 1)):
                sequences.append(sequence)
        book[seats] = [[encode(groups) for groups in sequence] for sequence in sequences]
        print(seats, [(len(sequence), repeats(sequence)) for sequence in sequences], flush=True)
    STORE.write_text(json.dumps(book, indent=0) + "\n")


def check(seats: int, rounds: list[Round]) -> None:
    for groups in rounds:
        assert sorted(seat for group in groups for seat in group) == list(range(seats)), (seats, groups)
        assert sorted(map(len, groups), reverse=True) == group_sizes(seats), (seats, groups)


def pairs(rounds: list[Round]) -> set[tuple[int, int]]:
    return {pair for groups in rounds for group in groups for pair in combinations(sorted(group), 2)}


def met(rounds: list[Round], count: int) -> int:
    return len(pairs(rounds[:count]))


def repeats(rounds: list[Round]) -> int:
    return sum(len(group) * (len(group) - 1) // 2 for groups in rounds for group in groups) - len(pairs(rounds))


def continued(seats: int, rounds: list[Round], chance: Chance) -> list[Round]:
    """`rounds`, and after them each time the best of `TRIES` next ones; the best of `CHAINS` such continuations."""
    chains = [one_more_each_time(seats, rounds, chance) for _ in range(CHAINS)]
    return max(chains, key=lambda chain: sum(met(chain, n) for n in range(1, ROUNDS + 1)))


def one_more_each_time(seats: int, rounds: list[Round], chance: Chance) -> list[Round]:
    rounds = list(rounds)
    ids = [str(seat) for seat in range(seats)]
    while len(rounds) < ROUNDS and len(pairs(rounds)) < math.comb(seats, 2):
        history = History.of([[[str(seat) for seat in group] for group in groups] for groups in rounds])
        tries = []
        for _ in range(TRIES):
            groups = deal(ids, group_sizes(seats), {}, chance)
            tries.append((repair(groups, history.ties, chance) // MET, groups))
        rounds.append([[int(one) for one in group] for group in min(tries, key=lambda it: it[0])[1]])
    return rounds


def without_last(rounds: list[Round]) -> list[Round]:
    last = max(max(group) for group in rounds[0])
    return [[[seat for seat in group if seat != last] for group in groups] for groups in rounds]


def symmetric(seats: int, cycle: int, base: int, apart: int, chance: Chance) -> list[Round]:
    """`cycle` * `base` rounds that turn into each other, in which all but `apart` pairs meet."""
    turning = seats // cycle * cycle

    def turned(seat: int) -> int:
        return seat // cycle * cycle + (seat + 1) % cycle if seat < turning else seat

    rounds = None
    while rounds is None:
        rounds = anneal(seats, turned, base, apart, chance)
    whole = []
    for groups in rounds:
        for _ in range(cycle):
            whole.append(groups)
            groups = [[turned(seat) for seat in group] for group in groups]
    return whole


def anneal(seats: int, turned: Callable[[int], int], base: int, apart: int, chance: Chance) -> list[Round] | None:
    """Base rounds that leave out at most `apart` orbits of pairs under `turned`, or None."""
    orbit: dict[tuple[int, int], int] = {}
    orbits = 0
    for pair in combinations(range(seats), 2):
        if pair in orbit:
            continue
        one, other = pair
        while (one, other) not in orbit:
            orbit[one, other] = orbit[other, one] = orbits
            one, other = turned(one), turned(other)
        orbits += 1
    ids = [str(seat) for seat in range(seats)]
    rounds = [[[int(one) for one in group] for group in deal(ids, group_sizes(seats), {}, chance)] for _ in range(base)]
    count = [0] * orbits
    for groups in rounds:
        for group in groups:
            for pair in combinations(group, 2):
                count[orbit[pair]] += 1
    missing = count.count(0)
    for step in range(STEPS):
        if missing <= apart:
            return rounds
        heat = 0.5 * (1 - step / STEPS) + 0.12
        groups = chance.choose(rounds)
        mine, theirs = chance.choose(groups), chance.choose(groups)
        if mine is theirs:
            continue
        i, j = chance.below(len(mine)), chance.below(len(theirs))
        one, other = mine[i], theirs[j]
        leave = [orbit[one, mate] for mate in mine if mate != one] + [
            orbit[other, mate] for mate in theirs if mate != other
        ]
        enter = [orbit[other, mate] for mate in mine if mate != one] + [
            orbit[one, mate] for mate in theirs if mate != other
        ]
        change = 0
        for at in leave:
            count[at] -= 1
            change += not count[at]
        for at in enter:
            change -= not count[at]
            count[at] += 1
        if change <= 0 or chance.random() < math.exp(-change / heat):
            mine[i], theirs[j] = other, one
            missing += change
        else:
            for at in enter:
                count[at] -= 1
            for at in leave:
                count[at] += 1
    return None


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
