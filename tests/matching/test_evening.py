"""The icebreaker, from the first round to the last goodbye; after every test apply = refetch."""

from collections.abc import Callable, Iterator

import pytest

from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.events.models import Attendee
from apps.live import sources, streams
from apps.live.rebuild import rebuild
from apps.matching import actions, queries
from apps.matching.models import Round, Seat
from tests.events.conftest import Clock, Social
from tests.events.conftest import arrive as here
from tests.events.test_refetch import Screen, stored

Arrive = Callable[..., list[Attendee]]


@pytest.fixture(autouse=True)
def said_is_true(social: Social) -> Iterator[None]:
    yield
    recomputed = sources.gather("BCDFG")
    assert {name: stored(name) for name in recomputed} == recomputed


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def opened(social: Social, **wanted: object) -> Round:
    latest = social.event.rounds.order_by("-number").first()
    return actions.open_round(social.event, by=social.hana, after=latest.number if latest else 0, **wanted)


def groups(social: Social) -> list[set[str]]:
    """Who sits together, by name."""
    round = queries.last_round(social.event)
    seated = [group for group in queries.groups_of(round) if group.seats.filter(left_at=None).exists()]
    return [{seat.attendee.name for seat in group.seats.all() if seat.left_at is None} for group in seated]


def mine(attendee: Attendee, key: str = "group") -> dict:
    return stored(streams.attendee("BCDFG", attendee.public_id)).get(key, {})


def public() -> dict:
    return stored(streams.public("BCDFG"))["round"]


def heard(*attendees: Attendee) -> None:
    from apps.core import clock

    Attendee.objects.filter(pk__in=[one.pk for one in attendees]).update(seen_at=clock.now())


def test_everybody_is_in_one_group_and_knows_it(begun: Social, arrive: Arrive) -> None:
    people = arrive(5, remote=False)
    opened(begun)
    assert sorted(len(group) for group in groups(begun)) == [2, 2, 3]  # Ben, alone on his side, is with the others
    seen = [mine(one) for one in (begun.ada, *people)]
    assert all(document["state"] == "seated" for document in seen)
    assert {document["sign"]["number"] for document in seen} <= {1, 2, 3}
    ada = mine(begun.ada)
    beside = next(one for one in (*people, begun.ben) if one.public_id == ada["members"][0]["id"])
    assert mine(beside)["sign"] == ada["sign"]
    assert (public()["groups"], public()["seated"], public()["names"]) == (3, 7, None)


def test_sides_are_kept_apart(begun: Social, arrive: Arrive) -> None:
    arrive(3, remote=True)
    arrive(3)
    opened(begun)
    remote = {one.name for one in begun.event.attendees.filter(remote=True)}
    assert all(group <= remote or not group & remote for group in groups(begun))


def test_five_prompts_without_meeting_anybody_twice(begun: Social, arrive: Arrive, moment: Clock) -> None:
    people = [*arrive(13), begun.ada]
    events.edit(begun.event, begun.ben, remote=False)
    met: set[frozenset[str]] = set()
    for _prompt in range(5):
        heard(*people, begun.ben)
        assert opened(begun).repeats == 0
        pairs = [frozenset((one, other)) for group in groups(begun) for one in group for other in group if one < other]
        assert not met & set(pairs)
        met |= set(pairs)
        moment.advance(minutes=5)


def test_the_second_host_is_told_who_was_faster(begun: Social) -> None:
    actions.open_round(begun.event, by=begun.hana, after=0)
    with pytest.raises(Refusal) as refused:
        actions.open_round(begun.event, by=events.add_crew(begun.event, "Hal", "host"), after=0)
    assert (refused.value.code, refused.value.message) == ("somebody_faster", "Hana opened a round first.")


def test_a_round_needs_two_people_and_an_icebreaker(begun: Social) -> None:
    events.leave(begun.event, begun.ben)
    assert code_of(lambda: opened(begun)) == "too_few"
    begun.press("next")
    assert code_of(lambda: opened(begun)) == "no_icebreaker"


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


def test_people_met_are_counted_once_they_found_each_other(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    opened(begun)
    assert mine(begun.ada, "people") == {}
    actions.found(begun.event, begun.ada)
    actions.found(begun.event, begun.ada)
    met = mine(begun.ada, "people")["met"]
    assert {one["id"] for one in met} == {one["id"] for one in mine(begun.ada)["members"]}
    assert public()["new_connections"] == (1 if len(met) == 1 else 3)


def test_who_knows_each_other_is_kept_apart_and_only_the_giver_sees_it(begun: Social, arrive: Arrive) -> None:
    arrive(5)
    opened(begun)
    friend = Attendee.objects.get(public_id=mine(begun.ada)["members"][0]["id"])
    actions.know(begun.event, begun.ada, friend.public_id)
    assert mine(begun.ada, "people")["known"] == [friend.public_id]
    assert friend.public_id not in str(mine(friend, "people"))
    assert begun.ada.public_id not in str(mine(friend, "people"))
    for _round in range(2):
        opened(begun)
        assert friend.public_id not in {one["id"] for one in mine(begun.ada)["members"]}
    actions.unknow(begun.event, begun.ada, friend.public_id)
    assert mine(begun.ada, "people") == {}


def test_nobody_can_be_looked_for_by_claiming_to_know_them(begun: Social, elsewhere: Social) -> None:
    assert code_of(lambda: actions.know(begun.event, begun.ada, begun.ben.public_id)) == "not_here"
    assert code_of(lambda: actions.know(begun.event, begun.ada, elsewhere.ada.public_id)) == "not_here"


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


def test_the_same_groups_again(begun: Social, arrive: Arrive) -> None:
    arrive(7)
    opened(begun)
    before = sorted(map(sorted, groups(begun)))
    opened(begun, again=True)
    assert sorted(map(sorted, groups(begun))) == before


def test_a_round_taken_back_never_was(begun: Social, arrive: Arrive, moment: Clock) -> None:
    arrive(4)
    first = opened(begun)
    before = groups(begun)
    moment.advance(seconds=60)
    heard(*begun.event.attendees.all())
    second = opened(begun)
    actions.undo_round(begun.event, second.public_id)
    actions.undo_round(begun.event, second.public_id)
    assert groups(begun) == before
    assert public()["id"] == first.public_id
    assert public()["state"] == "open"
    heard(*begun.event.attendees.all())
    third = actions.open_round(begun.event, by=begun.hana, after=2)
    assert third.number == 3
    moment.advance(seconds=16)
    assert code_of(lambda: actions.undo_round(begun.event, third.public_id)) == "too_late_to_undo"


def test_the_first_round_taken_back_leaves_nothing(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    round = opened(begun)
    actions.undo_round(begun.event, round.public_id)
    assert "round" not in stored(streams.public("BCDFG"))
    assert mine(begun.ada) == {}


def test_a_round_closes_by_itself_and_with_its_segment(begun: Social, arrive: Arrive, moment: Clock) -> None:
    people = [*arrive(4), begun.ada]
    opened(begun, minutes=6)
    moment.advance(minutes=6)
    actions.tick("BCDFG")
    assert public()["state"] == "closed"
    heard(*people)
    opened(begun)
    begun.press("next")
    assert public()["state"] == "closed"


def test_each_prompt_opens_a_round_where_the_programme_says_so(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    segment = begun.fresh().segment
    segment.options = {**segment.options, "rounds": "by_prompt"}
    segment.save()
    rebuild("BCDFG")
    begun.press("next_prompt")
    assert (public()["number"], public()["state"]) == (1, "open")
    actions_undo(begun)
    assert public()["number"] == 1


def actions_undo(social: Social) -> None:
    events.undo(social.event, social.event.moves.last().public_id, by=social.hana)


def test_a_forgotten_person_is_nowhere(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    canary = here(begun.event, "device-of-canary", name="Canary-4711")
    opened(begun)
    beside = Attendee.objects.get(public_id=mine(canary)["members"][0]["id"])
    actions.found(begun.event, canary)
    actions.know(begun.event, beside, canary.public_id)
    events.forget(begun.event, canary)
    everything = str({name: stored(name) for name in sources.gather("BCDFG")})
    assert "Canary-4711" not in everything
    assert canary.public_id not in everything
    assert canary.public_id not in str(list(Round.objects.values()))


def test_a_new_name_reaches_those_who_see_it(begun: Social, arrive: Arrive) -> None:
    arrive(4)
    opened(begun)
    other = Attendee.objects.get(public_id=mine(begun.ada)["members"][0]["id"])
    actions.found(begun.event, begun.ada)
    events.edit(begun.event, other, name="Renamed", spot="by the piano")
    shown = next(one for one in mine(begun.ada)["members"] if one["id"] == other.public_id)
    assert (shown["name"], shown["spot"]) == ("Renamed", "by the piano")


def test_remote_groups_get_a_link_of_their_own(begun: Social, arrive: Arrive) -> None:
    segment = begun.fresh().segment
    segment.options = {**segment.options, "video_link": "https://meet.example/{room}"}
    segment.save()
    rebuild("BCDFG")
    people = arrive(5, remote=True)
    opened(begun)
    links = {mine(one)["link"] for one in [*people, begun.ben]}
    assert len(links) == 3
    assert all(link.startswith("https://meet.example/") and len(link) > 40 for link in links)
    assert mine(begun.ada)["link"] in links  # the only one in the room


def test_screens_that_hear_every_change_end_where_the_tables_are(begun: Social, arrive: Arrive, moment: Clock) -> None:
    people = arrive(7)
    screens = [Screen(name) for name in sources.gather("BCDFG")]
    for act in (
        lambda: opened(begun),
        lambda: actions.found(begun.event, people[0]),
        lambda: events.leave(begun.event, people[1]),
        lambda: events.come_back(begun.event, people[1]),
        lambda: actions.tick("BCDFG"),
        lambda: actions.sit_out(begun.event, people[2]),
        lambda: opened(begun, again=True),
        lambda: events.remove(begun.event, people[3].public_id),
        lambda: actions.tick("BCDFG"),
        lambda: actions.close_round(begun.event, queries.last_round(begun.event).public_id),
    ):
        moment.advance(seconds=2)
        act()
        recomputed = sources.gather("BCDFG")
        for screen in screens:
            screen.catch_up()
        assert {one.stream: one.documents for one in screens if one.stream in recomputed} == recomputed


def test_a_thousand_phones_get_their_own_group_and_nobody_elses(begun: Social, django_assert_max_num_queries) -> None:
    from apps.core import clock

    moment = clock.now()
    Attendee.objects.bulk_create(
        Attendee(
            event=begun.event,
            name=f"Canary-{number:04}",
            name_key=str(number),
            shown_key=str(number),
            device_hash=str(number),
            joined_at=moment,
            seen_at=moment,
        )
        for number in range(1000)
    )
    rebuild("BCDFG")
    with django_assert_max_num_queries(60):
        opened(begun)
    seats = {seat.attendee.public_id: seat.group_id for seat in Seat.objects.select_related("attendee")}
    beside: dict[int, set[str]] = {}
    for seat in Seat.objects.select_related("attendee"):
        beside.setdefault(seat.group_id, set()).add(seat.attendee.name)
    for one in begun.event.attendees.all():
        told = mine(one)
        assert {member["name"] for member in told["members"]} | {one.name} == beside[seats[one.public_id]]


def crowd(social: Social, count: int, start: int = 0) -> None:
    """Many who are here, made in bulk, as joining would have made them."""
    from apps.core import clock

    moment = clock.now()
    Attendee.objects.bulk_create(
        Attendee(
            event=social.event,
            name=f"Cleo {number}",
            name_key=str(number),
            shown_key=str(number),
            device_hash=str(number),
            joined_at=moment,
            seen_at=moment,
        )
        for number in range(start, start + count)
    )
    rebuild("BCDFG")


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
