"""Contacts from the first meeting to the last erasure; after every test apply = refetch."""

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, transaction

from apps.events import actions as events
from apps.events.models import Attendee
from apps.farewell import actions, queries
from apps.farewell.models import Contact
from apps.live import sources, streams
from apps.live.models import Stream
from apps.live.rebuild import rebuild
from apps.matching import actions as matching
from tests.events.conftest import Social, arrive
from tests.events.told import Screen, assert_said_is_true, code_of, stored
from tests.protocol import page

from .conftest import Party, everything_stored

ADA, BEN = "ada@example.org", "@ben"


@pytest.fixture(autouse=True)
def said_is_true(social: Social) -> Iterator[None]:
    screens = [Screen(name) for name in sources.gather("BCDFG")]
    yield
    assert_said_is_true()
    recomputed = sources.gather("BCDFG")
    for screen in screens:
        screen.catch_up()
        assert screen.documents == recomputed.get(screen.stream, {})


def seen(by: Attendee, of: Attendee) -> tuple[str, str | None, str | None] | None:
    """(state, mine, theirs) as it stands in the phone of `by`; None: nothing is there."""
    document = stored(streams.attendee("BCDFG", by.public_id)).get(f"contacts/{of.public_id}")
    return document and (document["state"], document["mine"], document["theirs"])


def lapsed(by: Attendee, of: Attendee) -> bool:
    return stored(streams.attendee("BCDFG", by.public_id))[f"contacts/{of.public_id}"]["lapsed"]


def version(of: Attendee) -> int:
    return Stream.objects.get(name=streams.attendee("BCDFG", of.public_id)).version


def swap(party: Party) -> None:
    actions.offer(party.event, party.ada, party.ben.public_id, ADA)
    actions.offer(party.event, party.ben, party.ada.public_id, BEN)


def test_who_found_each_other_may_offer_a_contact(social: Social) -> None:
    """Fed by the icebreaker: each pair of the group, once, however often the group says so."""
    events.edit(social.event, social.ben, remote=False)
    cleo = arrive(social.event, "device-of-cleo", name="Cleo")
    social.press("start")
    matching.open_round(social.event, by=social.hana, after=0)
    assert Contact.objects.count() == 0
    matching.found(social.event, social.ada)
    matching.found(social.event, cleo)
    people = (social.ada, social.ben, cleo)
    assert {(one.giver, one.to) for one in Contact.objects.all()} == {
        (one, other) for one in people for other in people if one != other
    }
    assert seen(social.ada, cleo) == ("none", None, None)


def test_both_lines_are_there_once_both_agreed(party: Party) -> None:
    actions.offer(party.event, party.ada, party.ben.public_id, f"  {ADA}\n")
    assert (seen(party.ada, party.ben), seen(party.ben, party.ada)) == (("offered", ADA, None), ("none", None, None))
    actions.offer(party.event, party.ben, party.ada.public_id, BEN)
    assert (seen(party.ada, party.ben), seen(party.ben, party.ada)) == (("swapped", ADA, BEN), ("swapped", BEN, ADA))
    actions.offer(party.event, party.ada, party.ben.public_id, "ada@example.com")
    assert seen(party.ben, party.ada) == ("swapped", BEN, "ada@example.com")
    assert queries.swapped(party.ben) == [("Ada", "ada@example.com")]
    assert queries.swapped(party.ada) == [("Ben", BEN)]
    assert queries.swapped(party.cleo) == queries.swapped(party.dan) == []


def test_an_offer_is_not_heard_of_before_ones_own(party: Party) -> None:
    """Nor by a version that moves: offering, taking back and blocking are silent until there is a swap."""
    before = {one.name: version(one) for one in (party.ben, party.cleo, party.dan)}
    for acts in ((actions.withdraw,), (actions.block, actions.unblock)):
        actions.offer(party.event, party.ada, party.ben.public_id, ADA)
        for act in acts:
            act(party.event, party.ada, party.ben.public_id)
    assert {one.name: version(one) for one in (party.ben, party.cleo, party.dan)} == before


def test_a_line_taken_back_is_gone_from_both(party: Party) -> None:
    swap(party)
    for _time in range(2):
        actions.withdraw(party.event, party.ada, party.ben.public_id)
        assert seen(party.ada, party.ben) == seen(party.ben, party.ada) == ("none", None, None)
        assert (lapsed(party.ada, party.ben), lapsed(party.ben, party.ada)) == (False, True)
    assert not any(line in everything_stored() for line in (ADA, BEN))
    assert queries.swapped(party.ada) == queries.swapped(party.ben) == []
    actions.offer(party.event, party.ada, party.ben.public_id, ADA)
    assert (seen(party.ada, party.ben), seen(party.ben, party.ada)) == (("offered", ADA, None), ("none", None, None))
    assert lapsed(party.ben, party.ada)
    actions.offer(party.event, party.ben, party.ada.public_id, BEN)
    assert seen(party.ben, party.ada) == ("swapped", BEN, ADA)
    assert not lapsed(party.ben, party.ada)


def test_lines_cannot_be_collected_by_giving_one_for_a_moment(party: Party) -> None:
    """Ben offers anything, reads Ada's line and takes his back: she is told, and a second time he reads nothing."""
    actions.offer(party.event, party.ada, party.ben.public_id, ADA)
    for end in (actions.withdraw, actions.block):
        actions.offer(party.event, party.ben, party.ada.public_id, "x")
        end(party.event, party.ben, party.ada.public_id)
        assert lapsed(party.ada, party.ben)
    actions.unblock(party.event, party.ben, party.ada.public_id)
    actions.offer(party.event, party.ben, party.ada.public_id, "x")
    assert seen(party.ben, party.ada) == ("offered", "x", None)
    assert ADA not in everything_stored()


def test_a_block_looks_like_a_line_taken_back(party: Party) -> None:
    told = []
    for act in (actions.withdraw, actions.block):
        swap(party)
        screen = Screen(streams.attendee("BCDFG", party.ben.public_id))
        act(party.event, party.ada, party.ben.public_id)
        news = page_of_news(screen)
        actions.offer(party.event, party.ben, party.ada.public_id, "@ben2")
        told.append((news, seen(party.ben, party.ada), queries.swapped(party.ben)))
    assert told[0] == told[1]
    assert seen(party.ada, party.ben) == ("blocked", None, None)
    assert code_of(lambda: actions.offer(party.event, party.ada, party.ben.public_id, ADA)) == "blocked"
    actions.unblock(party.event, party.ada, party.ben.public_id)
    assert (seen(party.ada, party.ben), seen(party.ben, party.ada)) == (
        ("none", None, None),
        ("offered", "@ben2", None),
    )


def page_of_news(screen: Screen) -> tuple[list[str], dict[str, str | None]]:
    """What came since: the words for it, and the documents."""
    from apps.live.queries import Changes, changes

    news = changes(screen.stream, screen.epoch, screen.version)
    assert isinstance(news, Changes)
    return news.because, news.documents


def test_only_who_was_met_can_be_named(party: Party, elsewhere: Social) -> None:
    strangers = (party.dan.public_id, party.ada.public_id, elsewhere.ada.public_id, "0" * 12, "")
    for act in (lambda *who: actions.offer(*who, ADA), actions.withdraw, actions.block, actions.unblock):
        for other in strangers:
            assert code_of(lambda act=act, other=other: act(party.event, party.ada, other)) == "not_here"
    assert code_of(lambda: actions.offer(party.event, party.ben, party.cleo.public_id, BEN)) == "not_here"


def test_a_keepsake_is_one_look(party: Party, django_assert_num_queries: Callable) -> None:
    """Somebody may be forgotten at any moment: both sides are read together, or neither."""
    swap(party)
    with django_assert_num_queries(1):
        assert queries.swapped(party.ada) == [("Ben", BEN)]


def test_leaving_takes_nothing_away(party: Party) -> None:
    swap(party)
    events.leave(party.event, party.ben)
    assert seen(party.ada, party.ben) == ("swapped", ADA, BEN)
    actions.offer(party.event, party.cleo, party.ada.public_id, "cleo")
    events.leave(party.event, party.cleo)
    actions.offer(party.event, party.ada, party.cleo.public_id, ADA)
    assert seen(party.cleo, party.ada) == ("swapped", "cleo", ADA)


@pytest.mark.parametrize("go", ["removed", "forgotten", "removed, then forgotten"])
def test_who_is_gone_is_gone_from_everybody(party: Party, go: str) -> None:
    swap(party)
    if "removed" in go:
        events.remove(party.event, party.ben.public_id)
    if "forgotten" in go:
        events.forget(party.event, party.ben)
    assert seen(party.ada, party.ben) is None
    assert queries.swapped(party.ada) == []
    assert [(one.giver.name, one.to.name) for one in Contact.objects.all()] == [("Ada", "Cleo"), ("Cleo", "Ada")]
    assert code_of(lambda: actions.offer(party.event, party.ada, party.ben.public_id, ADA)) == "not_here"


def test_an_erased_event_keeps_no_line(party: Party) -> None:
    swap(party)
    events.erase_event(party.event, by=party.hana)
    assert ADA not in everything_stored()
    assert not Contact.objects.exists()


def test_somebody_removed_is_not_met(party: Party) -> None:
    events.remove(party.event, party.dan.public_id)
    party.dan.refresh_from_db()
    actions.meet(party.event, [(party.ben, party.dan), (party.ben, party.cleo)])
    assert seen(party.ben, party.dan) is None
    assert seen(party.ben, party.cleo) == ("none", None, None)


def test_a_new_name_is_read_by_who_met_them(party: Party) -> None:
    swap(party)
    events.edit(party.event, party.ben, name="Benno")
    assert queries.swapped(party.ada) == [("Benno", BEN)]
    assert stored(streams.attendee("BCDFG", party.ada.public_id))[f"contacts/{party.ben.public_id}"]["name"] == "Benno"


@pytest.mark.parametrize(
    ("typed", "code"), [("", "empty"), (" \u200b\n", "empty"), ("e\u0301" * 121, "too_long"), ("x" * 1201, "too_long")]
)
def test_a_line_is_one_line(party: Party, typed: str, code: str) -> None:
    assert code_of(lambda: actions.offer(party.event, party.ada, party.ben.public_id, typed)) == code


def test_the_longest_line_is_kept_whole(party: Party) -> None:
    longest = "👩‍👩‍👧" * 120
    actions.offer(party.event, party.ada, party.ben.public_id, longest)
    assert seen(party.ada, party.ben) == ("offered", longest, None)
    actions.offer(party.event, party.ada, party.ben.public_id, "two\nlines \u202eand tricks\x00")
    assert seen(party.ada, party.ben) == ("offered", "two lines and tricks", None)


def test_a_rebuilt_event_and_one_that_has_ended_say_the_same(party: Party) -> None:
    swap(party)
    party.press("start")
    party.press("end")
    rebuild("BCDFG")
    assert seen(party.ben, party.ada) == ("swapped", BEN, ADA)
    actions.offer(party.event, party.cleo, party.ada.public_id, "cleo")
    assert seen(party.cleo, party.ada) == ("offered", "cleo", None)


def test_the_database_itself_holds_what_must_never_be(party: Party) -> None:
    contact = Contact.objects.first()
    wrong: tuple[dict[str, object], ...] = (
        {"line": ADA, "blocks": True},
        {"line": ADA, "lapsed": True},
        {"blocks": True, "lapsed": True},
        {"to": contact.giver},
        {"to": party.cleo},
    )
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=contact.pk).update(**columns)


def test_the_documents_are_those_of_the_page(party: Party) -> None:
    swap(party)
    [example] = page.documents(page.APPS / "farewell" / "DOCUMENTS.md").values()
    told = [
        one for one in stored(streams.attendee("BCDFG", party.ada.public_id)).items() if one[0].startswith("contacts/")
    ]
    assert {page.kind_of(key) for key, _document in told} == {"contacts/ID"}
    assert [page.differences(example, document) for _key, document in told] == [[], []]
