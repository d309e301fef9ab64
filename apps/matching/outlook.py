"""What a host wants to know before the next round: how many more there can be in which nobody meets again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from . import bounds
from .chance import Chance
from .history import History, Person
from .pairing import Pairing, pair, pools
from .plan import Plan
from .sizes import group_sizes

# Drawing rounds ahead takes milliseconds each up to here; a larger crowd has the certificate.
DRAW_AHEAD_UP_TO = 300


@dataclass(frozen=True, slots=True)
class FreshRounds:
    """How many rounds are left in which nobody meets again, if the people stay.

    `at_least` are certain, because they were drawn up or are certified; it stops counting at `ahead`. `at_most` is a
    bound, None if it is beyond `ahead`. `in_pairs` is `at_least` for groups of two, for small numbers, where pairs
    last longer (six people have one round of threes and five of pairs); None where it was not looked at.
    """

    at_least: int
    at_most: int | None
    in_pairs: int | None


def fresh_rounds_left(
    people: Iterable[Person],
    history: History,
    *,
    smallest: int = 2,
    largest: int = 3,
    mix_sides: bool = False,
    plans: Sequence[Plan] = (),
    ahead: int = 12,
    seed: int = 0,
) -> FreshRounds:
    """Look up to `ahead` rounds ahead. Up to `DRAW_AHEAD_UP_TO` people they are drawn up as a trial: allow 0.1 s."""
    people = list(people)
    least, most = ahead, ahead + 1
    for _, ids in pools(people, mix_sides, []):
        sizes = group_sizes(len(ids), smallest, largest)
        least = min(least, bounds.surely_fresh(ids, sizes, history.ties))
        most = min(most, bounds.at_most_fresh(ids, sizes, history.ties))
    if len(people) < 2:
        return FreshRounds(0, 0, None)
    small = len(people) <= DRAW_AHEAD_UP_TO
    if least < min(most, ahead) and small:
        draw = partial(pair, smallest=smallest, largest=largest, mix_sides=mix_sides)
        least = max(least, _drawn_ahead(draw, people, history, min(most, ahead), plans, seed))
    in_pairs = None
    if least < ahead and largest > 2 and small:
        draw = partial(pair, smallest=2, largest=2, mix_sides=mix_sides)
        in_pairs = _drawn_ahead(draw, people, history, ahead, (), seed)
    return FreshRounds(least, most if most <= ahead else None, in_pairs)


def _drawn_ahead(
    draw: Callable[..., Pairing],
    people: list[Person],
    history: History,
    ahead: int,
    plans: Sequence[Plan],
    seed: int,
) -> int:
    chance = Chance(seed)
    for number in range(ahead):
        drawn = draw(people, history, seed=chance.below(2**53), plans=plans)
        if drawn.repeats:
            return number
        history, plans = history.and_then([drawn.groups]), drawn.plans
    return ahead
