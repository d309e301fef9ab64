"""Token buckets: spent one by one, refilled by time, one owner never pays for another."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.core import clock, limits
from apps.core.limits import Limit, spend
from apps.core.refusal import Refusal

pytestmark = pytest.mark.django_db

THREE = Limit("three", 3, 60, "a test")


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    instants = [datetime(2026, 5, 11, 12, 45, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: instants[0])
    return instants


def test_a_bucket_empties_and_refills(moment: list[datetime]) -> None:
    for _time in range(3):
        spend(THREE, "ada")
    with pytest.raises(Refusal) as refused:
        spend(THREE, "ada")
    assert (refused.value.code, refused.value.status) == ("too_fast", 429)
    moment[0] += timedelta(seconds=1)
    spend(THREE, "ada")
    with pytest.raises(Refusal):
        spend(THREE, "ada")


def test_one_owner_never_pays_for_another(moment: list[datetime]) -> None:
    for _time in range(3):
        spend(THREE, "ada")
    spend(THREE, "ben")


def test_a_bucket_never_holds_more_than_its_capacity(moment: list[datetime]) -> None:
    spend(THREE, "ada")
    moment[0] += timedelta(days=1)
    for _time in range(3):
        spend(THREE, "ada")
    with pytest.raises(Refusal):
        spend(THREE, "ada")


def test_a_clock_that_steps_back_takes_nothing_away(moment: list[datetime]) -> None:
    spend(THREE, "ada")
    moment[0] -= timedelta(hours=1)
    spend(THREE, "ada")
    spend(THREE, "ada")


def test_every_limit_says_why() -> None:
    named = [value for value in vars(limits).values() if isinstance(value, Limit)]
    assert named
    assert len({limit.name for limit in named}) == len(named)
    assert all(limit.why for limit in named)
