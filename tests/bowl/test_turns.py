"""The clock of a story: pressing twice is pressing once, and no time is made or lost by standing still."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.bowl import turns
from apps.bowl.turns import NOTHING, Room, Turn

from .node import in_node

NOON = datetime(2026, 5, 11, 12, tzinfo=UTC)
FOUR = timedelta(minutes=4)
HALF = timedelta(seconds=30)

PRESSES = {
    "start": turns.start,
    "pause": turns.pause,
    "resume": turns.resume,
    "end": turns.end,
    "extend": lambda turn, at: turns.extend(turn, HALF, at),
}
# What is pressed, and how many milliseconds after the press before.
PRESSED = st.lists(st.tuples(st.sampled_from(sorted(PRESSES)), st.integers(0, 200_000)), max_size=12)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def after(pressed: list[tuple[str, int]], turn: Turn) -> tuple[Turn, datetime]:
    moment = NOON
    for press, later in pressed:
        moment += timedelta(milliseconds=later)
        turn = PRESSES[press](turn, moment)
    return turn, moment


def test_a_story_from_start_to_overtime() -> None:
    turn = turns.start(Turn(FOUR), at(0))
    assert turns.left(Turn(FOUR), at(99)) == FOUR
    assert turns.left(turn, at(1)) == timedelta(minutes=3)
    assert (turns.left(turn, at(4)), turns.overtime(turn, at(4))) == (NOTHING, NOTHING)
    assert (turns.left(turn, at(5)), turns.overtime(turn, at(5))) == (-timedelta(minutes=1), timedelta(minutes=1))
    assert turns.overtime(turns.end(turn, at(5)), at(9)) == timedelta(minutes=1)


def test_a_pause_takes_no_time() -> None:
    paused = turns.pause(turns.start(Turn(FOUR), at(0)), at(1))
    assert turns.left(paused, at(50)) == timedelta(minutes=3)
    assert turns.left(turns.resume(paused, at(50)), at(51)) == timedelta(minutes=2)


def test_ending_in_a_pause_leaves_what_was_left() -> None:
    paused = turns.pause(turns.start(Turn(FOUR), at(0)), at(1))
    ended = turns.end(paused, at(50))
    assert (ended.ended_at, ended.paused_at, turns.left(ended, at(60))) == (at(50), None, timedelta(minutes=3))


def test_half_a_minute_more_counts_from_now_in_overtime() -> None:
    turn = turns.start(Turn(FOUR), at(0))
    assert turns.left(turns.extend(turn, HALF, at(3)), at(3)) == timedelta(minutes=1, seconds=30)
    assert turns.left(turns.extend(turn, HALF, at(6)), at(6)) == HALF
    paused = turns.pause(turn, at(6))
    assert turns.left(turns.resume(turns.extend(paused, HALF, at(8)), at(9)), at(9)) == HALF


def test_what_has_ended_or_not_begun_cannot_be_changed() -> None:
    fresh, ended = Turn(FOUR), turns.end(turns.start(Turn(FOUR), at(0)), at(2))
    assert [PRESSES[press](fresh, at(1)) for press in ("pause", "resume", "extend")] == [fresh] * 3
    assert [PRESSES[press](ended, at(3)) for press in PRESSES] == [ended] * 5
    skipped = turns.end(fresh, at(1))
    assert turns.start(skipped, at(2)) == skipped


@given(PRESSED, st.sampled_from(["start", "pause", "resume", "end"]), st.integers(0, 10**6))
def test_pressing_twice_is_pressing_once(pressed: list[tuple[str, int]], press: str, later: int) -> None:
    turn, moment = after(pressed, Turn(FOUR))
    once = PRESSES[press](turn, moment)
    assert PRESSES[press](once, moment + timedelta(milliseconds=later)) == once


@given(PRESSED, st.sampled_from(["start", "pause", "resume", "end"]))
def test_only_more_time_changes_what_is_left(pressed: list[tuple[str, int]], press: str) -> None:
    turn, moment = after(pressed, Turn(FOUR))
    assert turns.left(PRESSES[press](turn, moment), moment) == turns.left(turn, moment)
    assert turns.left(turns.extend(turn, HALF, moment), moment) >= turns.left(turn, moment)


@given(PRESSED)
def test_time_told_and_time_left_are_the_length(pressed: list[tuple[str, int]]) -> None:
    """Without extensions: what ran while the clock was running is what was used."""
    turn, moment, told = Turn(FOUR), NOON, NOTHING
    for press, later in pressed:
        gone = timedelta(milliseconds=later)
        moment += gone
        told += gone if turns.is_running(turn) and turn.paused_at is None else NOTHING
        turn = turn if press == "extend" else PRESSES[press](turn, moment)
    assert turns.left(turn, moment) + told == FOUR


def test_how_many_stories_fit() -> None:
    turn = turns.start(Turn(FOUR), at(0))
    assert turns.room(at(20), None, FOUR, at(0)) == Room(5, NOTHING, 0)
    assert turns.room(at(20), turn, FOUR, at(1)) == Room(4, NOTHING, 0)
    assert turns.room(at(21), turn, FOUR, at(4)) == Room(4, timedelta(minutes=1), 0)
    assert turns.room(at(21), turn, FOUR, at(5)) == Room(4, NOTHING, 0)
    assert turns.room(at(21), turn, FOUR, at(5) + HALF) == Room(3, timedelta(minutes=3, seconds=30), 1)
    assert turns.room(at(21), turn, FOUR, at(30)) == Room(0, NOTHING, 4)
    assert turns.room(at(21), turns.end(turn, at(6)), FOUR, at(6)) == Room(3, timedelta(minutes=3), 0)


def test_the_screens_count_as_the_server_does() -> None:
    """Every press and every instant to the millisecond, on a thousand evenings."""
    asked: list[dict] = []
    expected: list[dict] = []

    @given(PRESSED, st.integers(0, 10**7), st.integers(-(10**6), 10**7))
    def evening(pressed: list[tuple[str, int]], later: int, rest: int) -> None:
        turn, moment = after([("start", 0), *pressed], Turn(FOUR))
        moment += timedelta(milliseconds=later)
        ends_at = moment + timedelta(milliseconds=rest)
        room = turns.room(ends_at, turn, FOUR, moment)
        instants = {key: getattr(turn, key) for key in ("started_at", "ends_at", "paused_at", "ended_at")}
        document = {key: instant and instant.isoformat(timespec="milliseconds") for key, instant in instants.items()}
        asked.append(
            {"turn": document, "at": milliseconds(moment), "ends_at": milliseconds(ends_at), "length": 240_000}
        )
        left = turns.left(turn, moment) // timedelta(milliseconds=1)
        expected.append({"left": left, "turns": room.turns, "lost": room.lost})

    evening()
    assert len(asked) >= 100
    assert in_node(asked) == expected


def milliseconds(instant: datetime) -> int:
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
