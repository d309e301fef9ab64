"""Twenty kills under load, on both set-ups; any number by `make chaos KILLS=200`."""

from collections import Counter

import pytest

from . import chaos

# Enough of each that a fault between two of them is met as well.
KILLS = {
    "small": ["process", "published", "committed", "disk", "restart"] * 2,
    "large": ["redis", "committed", "postgres", "process", "restart", "published"] + ["process", "redis"] * 2,
}


@pytest.mark.parametrize("ground", KILLS)
def test_nothing_is_lost_doubled_or_different(ground: str) -> None:
    summary = chaos.run(ground, seed=2026, kinds=KILLS[ground])
    assert summary.kills == Counter(KILLS[ground])
    # While Redis is away everything is compared once more.
    assert summary.checks == len(KILLS[ground]) + KILLS[ground].count("redis")
    assert summary.journal.writes > 3 * len(KILLS[ground])
    assert summary.journal.resent > 0
    # The administrator's restart: whoever listened was asked to come back, each after its own while.
    assert len(set(summary.journal.goodbyes)) > 1
    assert all(0 <= wait <= 8 for wait in summary.journal.goodbyes)


@pytest.mark.slow
def test_redis_may_be_away_for_a_minute() -> None:
    summary = chaos.run("large", seed=2026, kinds=["minute"])
    # It was written all the while, with half of the hints lost and the others going nowhere.
    assert summary.journal.writes > 100
