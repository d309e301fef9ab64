"""The icebreaker, from the first round to the last goodbye; after every test apply = refetch."""

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
from tests.events.told import Screen, assert_all_heard, code_of, stored

from .hall import Arrive, crowd, groups, heard, mine, opened, public

pytestmark = pytest.mark.usefixtures("said_is_true")


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
        assert_all_heard(screens)


def test_a_thousand_phones_get_their_own_group_and_nobody_elses(begun: Social, django_assert_max_num_queries) -> None:
    crowd(begun, 1000)
    with django_assert_max_num_queries(60):
        opened(begun)
    seats = {seat.attendee.public_id: seat.group_id for seat in Seat.objects.select_related("attendee")}
    beside: dict[int, set[str]] = {}
    for seat in Seat.objects.select_related("attendee"):
        beside.setdefault(seat.group_id, set()).add(seat.attendee.name)
    for one in begun.event.attendees.all():
        told = mine(one)
        assert {member["name"] for member in told["members"]} | {one.name} == beside[seats[one.public_id]]
