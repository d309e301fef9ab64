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


def test_an_idle_bucket_is_forgotten_once_it_is_full_again_and_not_before(moment: list[datetime]) -> None:
    spend(limits.MOVE, "ada")
    spend(limits.MAIL_ACCOUNT, "ada", limits.MAIL_ACCOUNT.capacity)
    moment[0] += timedelta(hours=2)
    assert limits.forget_idle() == 1
    # Two hours later there are as many as two hours bring, and not a day's.
    spend(limits.MAIL_ACCOUNT, "ada", 2)
    with pytest.raises(Refusal):
        spend(limits.MAIL_ACCOUNT, "ada")
    moment[0] += timedelta(days=1, seconds=1)
    assert limits.forget_idle() == 1
    # Whichever is slow must be known to be.
    assert {limit for limit in everything() if limit.full_within > limits.IDLE} == set(limits.SLOW)


def everything() -> list[Limit]:
    return [value for value in vars(limits).values() if isinstance(value, Limit)]


def test_every_limit_says_why() -> None:
    named = everything()
    assert named
    assert len({limit.name for limit in named}) == len(named)
    assert all(limit.why for limit in named)
