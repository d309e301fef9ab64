"""Who comes late, leaves, falls silent, is not found, sits out or is swapped while a round is on."""

import pytest

from apps.events import actions as events
from apps.events.models import Attendee
from apps.matching import actions, queries
from apps.matching.models import Seat
from tests.events.conftest import Clock, Social
from tests.events.told import code_of

from .hall import Arrive, crowd, groups, heard, mine, opened

pytestmark = pytest.mark.usefixtures("said_is_true")


def test_a_latecomer_joins_a_pair_and_no_other_group_changes(begun: Social, arrive: Arrive) -> None:
    events.edit(begun.event, begun.ben, remote=False)
    arrive(3)
    opened(begun)
    before = groups(begun)
    late = arrive(1)[0]
    actions.tick("BCDFG")
    after = groups(begun)
    assert sorted(map(len, before)) == [2, 3]
    assert sorted(map(len, after)) == [3, 3]
    assert len([group for group in before if group in after]) == 1
    assert mine(late)["state"] == "seated"


def test_one_left_alone_is_moved_and_told(begun: Social, arrive: Arrive) -> None:
    events.edit(begun.event, begun.ben, remote=False)
    arrive(2)
    opened(begun)
    pair = next(group for group in groups(begun) if begun.ada.name in group)
    other = begun.event.attendees.get(name=next(iter(pair - {begun.ada.name})))
    events.leave(begun.event, other)
    assert groups(begun) == [set(public_names(begun)) - {other.name}]
    assert len(mine(begun.ada)["members"]) == 2


def public_names(social: Social) -> list[str]:
    return [one.name for one in social.event.attendees.all()]


def test_a_silent_phone_counts_as_gone_unless_the_group_found_each_other(
    begun: Social, arrive: Arrive, moment: Clock
) -> None:
    events.edit(begun.event, begun.ben, remote=False)
    cleo, dan = arrive(2)
    opened(begun)
    talking = next(one for one in (begun.ben, cleo, dan) if one.public_id == mine(begun.ada)["members"][0]["id"])
    actions.found(begun.event, begun.ada)
    moment.advance(seconds=31)
    awake = [one for one in (begun.ben, cleo, dan) if one.pk != talking.pk][:1]
    heard(begun.ada, *awake)
    actions.tick("BCDFG")
    assert {begun.ada.name, talking.name} in [group & {begun.ada.name, talking.name} for group in groups(begun)]
    silent = next(one for one in (begun.ben, cleo, dan) if one.pk not in {talking.pk, awake[0].pk})
    assert Seat.objects.get(attendee=silent).why_left == "silent"
    heard(silent)
    actions.tick("BCDFG")
    assert mine(silent)["state"] == "seated"


def test_they_are_not_here(begun: Social, arrive: Arrive) -> None:
    events.edit(begun.event, begun.ben, remote=False)
    arrive(2)
    opened(begun)
    other_id = mine(begun.ada)["members"][0]["id"]
    actions.absent(begun.event, begun.ada, other_id)
    actions.absent(begun.event, begun.ada, other_id)
    other = Attendee.objects.get(public_id=other_id)
    assert mine(other) == {"state": "not_found"}
    assert len(mine(begun.ada)["members"]) == 2
    actions.join_in(begun.event, other)
    assert mine(other)["state"] == "seated"


def test_sitting_out_and_joining_in(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    actions.sit_out(begun.event, begun.ada)
    opened(begun)
    assert mine(begun.ada) == {"state": "sitting_out"}
    actions.join_in(begun.event, begun.ada)
    assert mine(begun.ada)["state"] == "seated"


def test_the_host_swaps_two_and_their_groups_stay(begun: Social, arrive: Arrive) -> None:
    events.edit(begun.event, begun.ben, remote=False)
    arrive(4)
    opened(begun)
    beside = {one["id"] for one in mine(begun.ada)["members"]}
    stranger = begun.event.attendees.exclude(pk=begun.ada.pk).exclude(public_id__in=beside).first()
    actions.swap(begun.event, begun.ada.public_id, stranger.public_id)
    assert {one["id"] for one in mine(stranger)["members"] if not one["gone"]} == beside
    late = arrive(1)[0]
    actions.tick("BCDFG")
    assert {one["id"] for one in mine(stranger)["members"]} >= beside
    assert mine(late) == {}  # both groups are the host's; nobody else is here
    assert code_of(lambda: actions.swap(begun.event, begun.ada.public_id, begun.ada.public_id)) == "same_group"


@pytest.mark.parametrize("late", [3, 40])
def test_a_flood_of_latecomers_costs_no_more_statements_than_a_few(
    begun: Social, late: int, django_assert_max_num_queries
) -> None:
    """Everything else waits while a settling writes, a panic too."""
    crowd(begun, 90)
    opened(begun)
    crowd(begun, late, start=1000)
    with django_assert_max_num_queries(32):
        actions.settle(begun.event)
    assert queries.last_round(begun.event).waiting == []


def test_more_than_a_transaction_seats_are_seated_by_the_next(begun: Social) -> None:
    crowd(begun, 30)
    opened(begun)
    crowd(begun, 70, start=1000)
    actions.tick("BCDFG")
    assert len(queries.last_round(begun.event).waiting) == 20
    actions.tick("BCDFG")
    assert queries.last_round(begun.event).waiting == []
    assert 1 not in [len(group) for group in groups(begun)]
