"""The two sides of a contact, in every order there is."""

import pytest

from apps.farewell import rules
from apps.farewell.rules import Side, State, seen

LINES = ("a", "b")
MOVES = {
    "offer a": lambda *sides: rules.offer(*sides, "a"),
    "offer b": lambda *sides: rules.offer(*sides, "b"),
    "withdraw": rules.withdraw,
    "block": rules.block,
    "unblock": rules.unblock,
}


def reachable() -> set[tuple[Side, Side]]:
    """Every pair of sides that any moves of the two lead to."""
    found, new = set(), {(Side(), Side())}
    while new:
        found |= new
        new = {after for mine, theirs in new for after in steps(mine, theirs)} - found
    return found


def steps(mine: Side, theirs: Side) -> list[tuple[Side, Side]]:
    return [*moved(mine, theirs), *[pair[::-1] for pair in moved(theirs, mine)]]


def moved(mine: Side, theirs: Side) -> list[tuple[Side, Side]]:
    return [move(mine, theirs) for name, move in MOVES.items() if not (mine.blocks and name.startswith("offer"))]


def test_nothing_is_seen_of_who_gives_nothing_or_gets_nothing() -> None:
    everything = reachable()
    # Each side gives nothing or one of two lines, blocks, or has lapsed.
    assert {mine for mine, _theirs in everything} == {
        *map(Side, ("", *LINES)),
        Side(blocks=True),
        Side(lapsed=True),
    }
    for mine, theirs in everything:
        told = seen(mine, theirs)
        assert (told.theirs is not None) == (bool(mine.line) and bool(theirs.line)) == (told.state is State.SWAPPED)
        assert told.theirs in (None, theirs.line)
        assert told.mine == (mine.line or None)
        assert (seen(theirs, mine).theirs is None) == (told.theirs is None)
        assert told.lapsed == (mine.lapsed and told.state is State.NONE) == mine.lapsed


def test_what_happens_opposite_is_seen_only_in_a_swap() -> None:
    """Of an offer, a block and their ends, the other one learns nothing but that lines came or went."""
    for theirs, mine in reachable():
        for theirs_after, mine_after in moved(theirs, mine):
            before, after = seen(mine, theirs), seen(mine_after, theirs_after)
            if after != before:
                assert State.SWAPPED in (after.state, before.state)
        # A block looks like a line that was taken back, or that never was; and so does all that follows.
        blocked, withdrawn = rules.block(theirs, mine), rules.withdraw(theirs, mine)
        for follow in MOVES.values():
            if not mine.blocks:
                looks = [seen(*follow(side, other)) for other, side in (blocked, withdrawn)]
                assert looks[0] == looks[1]
        assert blocked[1] == withdrawn[1]


def test_no_line_is_read_twice_for_one_offer() -> None:
    """Whatever ends a swap ends both lines, and who lost theirs by it is told until they offer or block anew."""
    for mine, theirs in reachable():
        if seen(mine, theirs).state is State.SWAPPED:
            for end in (rules.withdraw, rules.block):
                ended, lapsed = end(mine, theirs)
                assert (ended.line, lapsed) == ("", Side(lapsed=True))
                assert seen(lapsed, ended) == rules.Seen(State.NONE, lapsed=True)
                assert rules.offer(lapsed, ended, "a")[0] == Side("a")
                for alone in (rules.withdraw, rules.unblock):
                    assert alone(lapsed, ended) == (lapsed, ended)


def test_twice_is_once_and_unblocking_offers_nothing() -> None:
    for mine, theirs in reachable():
        for name, move in MOVES.items():
            if not (mine.blocks and name.startswith("offer")):
                assert move(*move(mine, theirs)) == move(mine, theirs), name
        assert rules.unblock(*rules.block(mine, theirs))[0] == Side()


def test_who_blocks_offers_nothing() -> None:
    with pytest.raises(rules.Blocking):
        rules.offer(Side(blocks=True), Side(), "a")
