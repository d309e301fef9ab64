"""Many at once, on real connections: nobody overwrites anybody, and what was published is what the tables say."""

import copy
from typing import Any

import pytest

from apps.bowl import actions as bowls
from apps.events import actions
from apps.events.models import Event
from apps.events.programme import Programme
from apps.events.queries import segments_of
from tests.events.conftest import Social
from tests.events.meeting import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def edits(party: Social, *titles: str) -> list[Any]:
    """One way to save for each title, all from the present version."""
    seen = actions.edited_programme(party.fresh())

    def editor(title: str) -> Any:
        wanted = {**copy.deepcopy(seen["programme"]), "title": title}
        return lambda: actions.edit_programme(party.event, wanted, version=seen["version"], by=party.hana)["version"]

    return [editor(title) for title in titles]


def test_many_editors_save_at_once(party: Social) -> None:
    titles = [f"Title {number}" for number in range(6)]
    answers = at_once(*edits(party, *titles))
    assert sorted(map(str, answers)) == ["2", *["edited_meanwhile"] * 5]
    assert party.fresh().title == titles[answers.index(2)]


def test_one_save_that_comes_often_is_one_edit(party: Social) -> None:
    (save,) = edits(party, "Once")
    assert at_once(*[save] * 5) == [2] * 5


def test_an_edit_meets_a_next_and_an_undo(party: Social) -> None:
    started = party.press("start")["move"]["id"]
    seen = actions.edited_programme(party.fresh())
    wanted = {**seen["programme"], "segments": [seen["programme"]["segments"][0], *seen["programme"]["segments"][2:]]}
    edited, moved, undone = at_once(
        lambda: actions.edit_programme(party.event, wanted, version=1, by=party.hana)["version"],
        lambda: party.press("next", from_step=1)["move"]["verb"],
        lambda: actions.undo(party.event, started, by=party.hana)["move"]["verb"],
    )
    # Whoever was first wins; what was entered by then is no longer removed.
    assert edited in (2, "bad_programme"), edited
    assert moved in ("next", "somebody_faster"), moved
    assert undone in ("start", "too_late_to_undo"), undone
    event = party.fresh()
    assert event.segment is None or event.segment.public_id in [one.public_id for one in segments_of(event)]


def test_a_name_and_the_removal_of_its_bowl(party: Social) -> None:
    party.press("start")
    bowl = segments_of(party.event)[2].public_id
    seen = actions.edited_programme(party.fresh())
    wanted = {
        **seen["programme"],
        "segments": [one for one in seen["programme"]["segments"] if one["id"] != bowl],
    }
    edited, put = at_once(
        lambda: actions.edit_programme(party.event, wanted, version=1, by=party.hana)["version"],
        lambda: type(bowls.put_in(party.event, bowl, party.ada)).__name__,
    )
    assert (edited, put) in ((2, "not_here"), ("bad_programme", "Slip"))


def test_archiving_meets_a_start(party: Social) -> None:
    archived, started = at_once(
        lambda: actions.archive(party.event, by=party.hana).archived_at is not None,
        lambda: party.press("start", from_step=0)["move"]["verb"],
    )
    assert (archived, started) in ((True, "archived"), ("still_live", "start"))


def test_an_account_makes_as_many_as_it_may(party: Social, founding: Programme, monkeypatch: Any) -> None:
    monkeypatch.setattr("apps.events.actions.programming.EVENTS_PER_ACCOUNT", 3)
    answers = at_once(*[lambda: actions.host_event(founding, party.hana.user).title] * 4)
    assert answers.count("too_many_events") == 2
    assert Event.objects.count() == 3
