"""Tips that wait for somebody to look: decided, undone, claimed, reworded; nobody else hears of them."""

import pytest

from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.live import streams
from apps.tips import actions
from apps.tips.models import Decision
from tests.events.conftest import Clock, Social
from tests.events.told import Screen, code_of

from .wall import approve, crew, decline, mine, public, write

pytestmark = pytest.mark.usefixtures("said_is_true")


def test_a_tip_waits_until_somebody_looked(social: Social, segment: str) -> None:
    tip = write(social, segment, signed=True)
    assert f"tips/{tip.public_id}" not in public()
    assert mine(social, tip)["state"] == "pending"
    assert crew()[f"queue/{tip.public_id}"]["author"]["name"] == "Ada"
    approve(social, segment, tip)
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["by"] == "Ada"
    assert public()[f"wall/{segment}"]["count"] == 1
    assert f"queue/{tip.public_id}" not in crew()
    assert Decision.objects.count() == 1


def test_an_anonymous_author_is_known_to_nobody(social: Social, segment: str) -> None:
    tip = write(social, segment)
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["by"] is None
    assert crew()[f"board/{tip.public_id}"]["author"] is None


def test_the_author_reads_why(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    assert code_of(lambda: decline(social, segment, tip, reason="bad_mood")) == "reason_missing"
    decline(social, segment, tip)
    assert mine(social, tip)["message"] == "We were not sure what you meant. Could you say it in other words?"
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be kind to newcomers")
    assert (mine(social, tip)["state"], mine(social, tip)["message"]) == ("pending", "")
    decline(social, segment, tip, words="  Tell us   more\u202e ")
    assert mine(social, tip)["message"] == "Tell us more"


def test_other_words_are_told_and_the_original_kept(social: Social, segment: str) -> None:
    tip = write(social, segment, "Be knid")
    actions.reword(social.event, segment, tip.public_id, by=social.mo, text="Be kind")
    approve(social, segment, tip)
    assert public()[f"tips/{tip.public_id}"]["text"] == "Be kind"
    assert mine(social, tip)["original"] == "Be knid"
    assert mine(social, tip)["message"] == "A moderator changed the wording of your tip a little."
    actions.reword(social.event, segment, tip.public_id, by=social.mo, text="Be knid")
    assert mine(social, tip)["original"] is None


def test_ten_seconds_to_undo_and_only_ones_own(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    approve(social, segment, tip)
    assert code_of(lambda: actions.undo(social.event, segment, tip.public_id, by=social.hana)) == "not_allowed"
    moment.advance(seconds=10)
    actions.undo(social.event, segment, tip.public_id, by=social.mo)
    actions.undo(social.event, segment, tip.public_id, by=social.mo)
    assert f"tips/{tip.public_id}" not in public()
    approve(social, segment, tip)
    moment.advance(seconds=11)
    assert code_of(lambda: actions.undo(social.event, segment, tip.public_id, by=social.mo)) == "too_late_to_undo"


def test_a_claimed_card_is_left_alone_for_half_a_minute(social: Social, segment: str, moment: Clock) -> None:
    tip = write(social, segment)
    actions.claim(social.event, segment, tip.public_id, by=social.mo)
    with pytest.raises(Refusal) as refused:
        approve(social, segment, tip, by=social.hana)
    assert (refused.value.code, refused.value.message) == ("claimed", "Mo has this one open.")
    approved, left = actions.approve_all(social.event, segment, [tip.public_id, "nobody"], by=social.hana)
    assert (approved, left) == ([], {tip.public_id: "claimed", "nobody": "not_here"})
    moment.advance(seconds=31)
    approve(social, segment, tip, by=social.hana)


def test_nothing_is_approved_that_was_not_read(social: Social, segment: str) -> None:
    tip = write(social, segment, "Be kind")
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be mean")
    assert code_of(lambda: approve(social, segment, tip, seen="Be kind")) == "edited"
    approve(social, segment, tip, seen="Be mean")


def test_nor_at_once_with_others(social: Social, segment: str, moment: Clock) -> None:
    """Its author changes it while the press is on its way, as it may be for minutes: the others are approved."""
    tips = [write(social, segment, "Be kind"), write(social, segment, "Be fast")]
    ids = [tip.public_id for tip in tips]
    seen = {tip: crew()[f"queue/{tip}"]["written_at"] for tip in ids}
    moment.advance(seconds=1)
    actions.edit(social.event, segment, social.ada, ids[0], text="Be mean")
    approved, left = actions.approve_all(social.event, segment, ids, by=social.mo, seen=seen)
    assert (approved, left) == ([tips[1]], {ids[0]: "edited"})
    assert "Be mean" not in str(public())
    # What is on the wall already is no news, and what nobody says they have read is taken as it is.
    assert actions.approve_all(social.event, segment, ids, by=social.mo, seen={ids[1]: "before"})[1] == {}
    assert "Be mean" in str(public())


def test_moderation_stays_on_while_tips_wait(social: Social, segment: str) -> None:
    tip = write(social, segment)
    assert code_of(lambda: actions.switch(social.event, segment, moderated=False)) == "tips_pending"
    approve(social, segment, tip)
    actions.switch(social.event, segment, moderated=False)
    assert write(social, segment).state == "approved"


def test_rude_words_are_flagged_and_nothing_is_decided(social: Social, segment: str) -> None:
    tip = write(social, segment, "This is sh1t, mail me at ada@example.org")
    kinds = [flag["kind"] for flag in crew()[f"queue/{tip.public_id}"]["flags"]]
    assert {"rude", "contact"} <= set(kinds)
    assert tip.state == "pending"


def test_nobody_can_count_what_waits(social: Social, segment: str, moment: Clock) -> None:
    """Not even the version of the public stream moves: a phone hears nothing of a tip that is not shown."""
    before = Screen(streams.public("BCDFG")).version
    tip, other = write(social, segment), write(social, segment, "Be kinder")
    actions.edit(social.event, segment, social.ada, tip.public_id, text="Be kind and fast")
    actions.claim(social.event, segment, tip.public_id, by=social.mo)
    decline(social, segment, tip)
    actions.withdraw(social.event, segment, social.ada, other.public_id)
    moment.advance(seconds=5)
    actions.suggest_due("BCDFG")
    actions.count_due("BCDFG")
    events.remove(social.event, social.ada.public_id)
    assert Screen(streams.public("BCDFG")).version == before
