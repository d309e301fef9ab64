"""Decisions taken back, many in one request: as many as can be, each of the others with why not."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from apps.core import clock
from apps.core.refusal import Refusal
from apps.crew.models import Deed
from apps.events import actions as events
from apps.events.queries import segments_of
from apps.live import streams
from apps.tips import actions
from apps.tips.models import Decision, Theme, Tip, Wall
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Clock, Social
from tests.events.told import Screen, code_of

from .wall import approve, crew, decline, mine, public, take_down, write

pytestmark = pytest.mark.usefixtures("said_is_true")


def approved(social: Social, segment: str, count: int = 3) -> list[str]:
    tips = [write(social, segment, f"Be kind, {number}").public_id for number in range(count)]
    actions.approve_all(social.event, segment, tips, by=social.mo)
    return tips


def undo_all(social: Social, segment: str, tips: list[str]) -> tuple[list[str], dict[str, str]]:
    undone, left = actions.undo_all(social.event, segment, tips, by=social.mo)
    return [tip.public_id for tip in undone], left


def test_all_that_was_approved_at_once_waits_again(social: Social, segment: str, moment: Clock) -> None:
    tips = approved(social, segment)
    moment.advance(seconds=10)
    screens = [Screen(streams.public("BCDFG")), Screen(streams.crew("BCDFG"))]
    before = [screen.version for screen in screens]
    assert undo_all(social, segment, list(reversed(tips))) == (tips, {})
    # Each screen is told once, whatever their number.
    assert [Screen(screen.stream).version for screen in screens] == [version + 1 for version in before]
    assert not [key for key in public() if key.startswith("tips/")]
    assert public()[f"wall/{segment}"]["count"] == 0
    assert [crew()[f"queue/{tip}"]["decision"]["undone_at"] is not None for tip in tips] == [True] * 3
    assert {tip.state for tip in Tip.objects.all()} == {"pending"}
    (deed,) = Deed.objects.filter(deed="undo_tips")
    assert deed.about == {"tips": tips}


def test_the_ten_seconds_are_the_same_for_all(
    social: Social, segment: str, moment: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the server takes to decide on each of them."""
    tips = [write(social, segment).public_id for _three in range(3)]
    monkeypatch.setattr(clock, "now", lambda: moment.advance(seconds=4))
    actions.approve_all(social.event, segment, tips, by=social.mo)
    (at,) = set(Decision.objects.values_list("at", flat=True))
    assert at > max(Tip.objects.values_list("approved_at", flat=True))


def test_twice_is_once(social: Social, segment: str, moment: Clock) -> None:
    tips = approved(social, segment)
    undo_all(social, segment, tips)
    at, version = moment(), Screen(streams.crew("BCDFG")).version
    moment.advance(minutes=1)
    assert undo_all(social, segment, tips) == ([], {})
    assert set(Decision.objects.values_list("undone_at", flat=True)) == {at}
    assert Screen(streams.crew("BCDFG")).version == version
    assert Deed.objects.filter(deed="undo_tips").count() == 1


def test_what_cannot_be_taken_back_holds_up_none_of_the_others(social: Social, segment: str, moment: Clock) -> None:
    (late,) = approved(social, segment, 1)
    moment.advance(seconds=5)
    first, withdrawn, moved_on, last = approved(social, segment, 4)
    unread = write(social, segment).public_id
    theirs = write(social, segment)
    approve(social, segment, theirs, by=social.hana)
    actions.decide(social.event, segment, moved_on, verb=Verb.TAKE_DOWN, by=social.hana)
    actions.undo(social.event, segment, withdrawn, by=social.mo)
    actions.withdraw(social.event, segment, social.ada, withdrawn)
    moment.advance(seconds=6)
    asked = [late, first, withdrawn, moved_on, unread, theirs.public_id, "nobody", last]
    assert undo_all(social, segment, asked) == (
        [first, last],
        {
            late: "too_late_to_undo",
            withdrawn: "not_allowed",
            moved_on: "not_allowed",
            unread: "not_here",
            theirs.public_id: "not_allowed",
            "nobody": "not_here",
        },
    )
    assert f"tips/{late}" in public()
    assert f"tips/{theirs.public_id}" in public()
    assert f"tips/{first}" not in public()


def test_each_goes_back_to_where_it_was(social: Social, segment: str) -> None:
    shown, declined, taken = (write(social, segment, text) for text in ("Be kind", "Be mean", "canary is its name"))
    for tip in (shown, taken):
        approve(social, segment, tip)
    theme = Theme.objects.create(
        wall=Wall.objects.get(), name="canary", name_key="canary", colour="sun", position=0, quoted=True
    )
    decline(social, segment, declined)
    take_down(social, segment, taken)
    assert "canary" not in str(crew()[f"themes/{segment}"])
    tips = [tip.public_id for tip in (shown, declined, taken)]
    assert undo_all(social, segment, tips) == (tips, {})
    assert [Tip.objects.get(pk=tip.pk).state for tip in (shown, declined, taken)] == ["pending", "pending", "approved"]
    assert mine(social, declined)["message"] == ""
    # The name that went with its words is back with them.
    assert [(one["id"], one["name"]) for one in public()[f"themes/{segment}"]] == [(theme.public_id, "canary")]


def test_a_wall_of_another_event_is_not_here(social: Social, elsewhere: Social, segment: str) -> None:
    tips = approved(social, segment)
    for act in (
        lambda: actions.undo_all(elsewhere.event, segment, tips, by=elsewhere.mo),
        lambda: actions.undo_all(social.event, segments_of(social.event)[1].public_id, tips, by=social.mo),
    ):
        assert code_of(act) == "not_here"
    elsewhere.press("start")
    other = segments_of(elsewhere.event)[3].public_id
    elsewhere.press("enter", segment=other)
    undone, left = actions.undo_all(elsewhere.event, other, tips, by=elsewhere.mo)
    assert (undone, left) == ([], dict.fromkeys(tips, "not_here"))
    assert {tip.state for tip in Tip.objects.all()} == {"approved"}


def test_words_of_somebody_who_was_removed_do_not_come_back(social: Social, segment: str) -> None:
    tips = [write(social, segment, "shown-canary"), write(social, segment, "Be kind", by=social.ben)]
    for tip in tips:
        approve(social, segment, tip)
        take_down(social, segment, tip)
    events.remove(social.event, social.ada.public_id)
    assert code_of(lambda: actions.undo(social.event, segment, tips[0].public_id, by=social.mo)) == "removed"
    ids = [tip.public_id for tip in tips]
    assert undo_all(social, segment, ids) == ([ids[1]], {ids[0]: "removed"})
    assert "canary" not in str(public())


@pytest.fixture
def address(segment: str) -> str:
    cache.clear()
    return f"events/BCDFG/walls/{segment}/undoings/"


def test_sent_twice_is_undone_once(
    social: Social, segment: str, browser: Callable[..., Browser], address: str, moment: Clock
) -> None:
    mo, tips = browser(crew=social.mo), approved(social, segment)
    body, key = {"tips": [*tips, "nobody"]}, "the-very-same-key-01"
    first = mo.ask("POST", address, body, key=key)
    assert (first.status_code, first.json()) == (201, {"undone": tips, "left": {"nobody": "not_here"}})
    approve(social, segment, Tip.objects.get(public_id=tips[0]))
    # The first answer, and what was decided since stays.
    assert mo.ask("POST", address, body, key=key).json() == first.json()
    assert Tip.objects.get(public_id=tips[0]).state == "approved"
    other = mo.ask("POST", address, {"tips": tips}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_too_late_is_said_of_each(
    social: Social, segment: str, browser: Callable[..., Browser], address: str, moment: Clock
) -> None:
    mo, tips = browser(crew=social.mo), approved(social, segment)
    moment.advance(seconds=11)
    answer = mo.ask("POST", address, {"tips": tips})
    assert answer.json() == {"undone": [], "left": dict.fromkeys(tips, "too_late_to_undo")}
    assert {tip.state for tip in Tip.objects.all()} == {"approved"}


def test_as_many_as_are_approved_at_once(
    social: Social, segment: str, browser: Callable[..., Browser], address: str
) -> None:
    mo = browser(crew=social.mo)
    for wanted, status in (([], 400), (["x"] * 501, 400), ("x", 400), (["x" * 13], 400), (["x"] * 500, 201)):
        assert mo.ask("POST", address, {"tips": wanted}).status_code == status
        assert mo.ask("POST", address.replace("undoings", "approvals"), {"tips": wanted}).status_code == status


def test_whoever_may_not_any_more_takes_nothing_back(
    social: Social, segment: str, browser: Callable[..., Browser], address: str, moment: Clock
) -> None:
    mo, tips = browser(crew=social.mo), approved(social, segment)
    events.revoke(social.mo)
    answer = mo.ask("POST", address, {"tips": tips})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_here")
    # As somebody is told who was looked up a moment before.
    with pytest.raises(Refusal) as refused:
        actions.undo_all(social.event, segment, tips, by=social.mo)
    assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
    assert {tip.state for tip in Tip.objects.all()} == {"approved"}


def test_nothing_of_an_archived_event_is_taken_back(
    social: Social, segment: str, browser: Callable[..., Browser], address: str, moment: Clock
) -> None:
    mo, tips = browser(crew=social.mo), approved(social, segment)
    social.press("end")
    events.archive(social.event, by=social.hana)
    answer = mo.ask("POST", address, {"tips": tips})
    assert (answer.status_code, answer.json()["code"]) == (409, "archived")
    assert {tip.state for tip in Tip.objects.all()} == {"approved"}
