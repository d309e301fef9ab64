"""The list is fixed and told, then the room gives a value, then a name follows: nobody can go back a step."""

import pytest

from apps.bowl import actions, drawing, queries
from apps.bowl.documents import proof
from apps.bowl.models import Draw, Frozen, Slip, Stir
from apps.bowl.proof import check
from apps.core.limits import BEACON_DIGITS
from apps.core.refusal import Refusal
from apps.events import actions as events
from tests.events.conftest import Clock, Social
from tests.events.told import code_of

from .test_evening import told

pytestmark = pytest.mark.usefixtures("said_is_true")


@pytest.fixture
def frozen(social: Social, success: str) -> dict:
    """Ada and Ben are on the list; Cleo's name came too late for it."""
    actions.put_in(social.event, success, social.ada)
    actions.put_in(social.event, success, social.ben)
    actions.freeze(social.event, success, after=0)
    actions.put_in_for(social.event, success, name="Cleo")
    return told(social, success)["frozen"]


def test_the_list_is_told_before_the_value_and_decides_with_it(social: Social, success: str, frozen: dict) -> None:
    bowl = queries.find_bowl(social.event, success)
    listed = drawing.freeze(slip.digest for slip in bowl.slips.exclude(name="Cleo"))
    assert frozen == {"number": 1, "at": "2026-05-11T12:45:00.000Z", "list": listed.hash, "among": 2, "digits": ""}
    actions.stir(social.event, success, social.ben, number=1, digit=3)
    actions.stir(social.event, success, social.ada, number=1, digit=7)
    assert told(social, success)["frozen"]["digits"] == "37"
    drawn = actions.draw(social.event, success, by=social.hana, after=0, beacon=" Rain  at noon ")
    assert (drawn.list_hash, drawn.digests, drawn.beacon) == (listed.hash, list(listed.digests), "37 Rain at noon")
    assert drawn.slip.digest == drawing.pick(bowl.seed, listed, 1, "37 Rain at noon")
    document = told(social, success)
    assert (document["frozen"], document["draws"][0]["beacon"], document["draws"][0]["among"]) == (
        None,
        drawn.beacon,
        2,
    )
    assert (Frozen.objects.count(), Stir.objects.count()) == (0, 0), "who gave which digit is kept by nobody"


def test_every_phone_stirs_once(social: Social, success: str, frozen: dict) -> None:
    for digit in (4, 5, 6):
        actions.stir(social.event, success, social.ada, number=1, digit=digit)
    assert told(social, success)["frozen"]["digits"] == "4"
    assert code_of(lambda: actions.stir(social.event, success, social.ben, number=2, digit=1)) == "not_frozen"
    Stir.objects.bulk_create(Stir(frozen=Frozen.objects.get(), digit=0) for _ in range(BEACON_DIGITS - 1))
    assert code_of(lambda: actions.stir(social.event, success, social.ben, number=1, digit=1)) == "stirred_enough"
    drawn = actions.draw(social.event, success, by=social.hana, after=0, beacon="r" * 80)
    assert code_of(lambda: actions.stir(social.event, success, social.ben, number=1, digit=1)) == "not_frozen"
    assert drawn.beacon == "4" + "0" * (BEACON_DIGITS - 1) + " " + "r" * 80


def test_a_frozen_list_waits_for_its_value_and_cannot_be_made_again(social: Social, success: str, frozen: dict) -> None:
    hal = events.add_crew(social.event, "Hal", "host")
    actions.freeze(social.event, success, after=0)
    assert told(social, success)["frozen"] == frozen
    assert code_of(lambda: actions.draw(social.event, success, by=hal, after=0)) == "beacon_missing"
    assert code_of(lambda: actions.draw(social.event, success, by=hal, after=0, beacon=" ")) == "beacon_missing"
    assert Draw.objects.count() == 0
    drawn = actions.draw(social.event, success, by=social.hana, after=0, beacon="rain")
    with pytest.raises(Refusal) as refused:
        actions.freeze(social.event, success, after=0)
    assert refused.value.message == f"Hana drew first: {drawn.slip.name}."
    assert code_of(lambda: actions.freeze(social.event, success, after=1)) == "still_called"


def test_a_value_without_a_list_came_too_early(social: Social, success: str) -> None:
    assert code_of(lambda: actions.freeze(social.event, success, after=0)) == "bowl_empty"
    actions.put_in(social.event, success, social.ada)
    early = lambda: actions.draw(social.event, success, by=social.hana, after=0, beacon="rain")  # noqa: E731
    assert code_of(early) == "not_frozen"
    assert actions.draw(social.event, success, by=social.hana, after=0).beacon == ""


@pytest.mark.parametrize("way", ["taken out", "taken out by the crew", "forgotten"])
def test_a_slip_taken_out_after_the_list_calls_nobody(social: Social, success: str, moment: Clock, way: str) -> None:
    slip = actions.put_in(social.event, success, social.ada, "a merge at midnight")
    actions.freeze(social.event, success, after=0)
    match way:
        case "taken out":
            actions.take_out(social.event, success, social.ada)
            actions.put_in(social.event, success, social.ada)  # anew: another slip, and not on this list
        case "taken out by the crew":
            actions.take_out_for(social.event, success, slip.public_id)
        case _:
            events.forget(social.event, social.ada)
    drawn = actions.draw(social.event, success, by=social.hana, after=0, beacon="rain")
    assert (drawn.slip.pk, drawn.outcome, drawn.decided_at) == (slip.pk, "withdrawn", drawn.at)
    assert Slip.objects.filter(state=Slip.State.CALLED).count() == 0
    document = told(social, success)["draws"][0]
    assert (document["name"], document["remote"], document["outcome"]) == (None, False, "withdrawn")
    bowl = queries.find_bowl(social.event, success)
    written = proof(bowl, queries.draws_of(bowl)) | {"seed": bowl.seed}
    assert "Ada" not in str(written)
    assert check(written) == []
    actions.put_in(social.event, success, social.ben)
    actions.draw(social.event, success, by=social.hana, after=1)
