"""Flags catch listed words in six languages and in disguise, leave harmless words alone, and only ever sort."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.tips.flags import Card, Flag, flags_on, in_order, plain_ones
from tests.tips.labelled import OWN, board

START = datetime(2024, 5, 10, 13, 55, tzinfo=UTC)


def kinds(text: str) -> list[str]:
    return [flag.kind for flag in flags_on(text)]


@pytest.mark.parametrize(
    "text",
    [
        "you are all idiots",
        "SHUT UP",
        "this is a stupid waste of time, shut up already",
        "nobody wants people like you here, go home",
        "cállate ya",
        "ferme-la",
        "Halt die Klappe",
        "cala a boca",
        "你这个白痴",
        "stuuuupid",
        "st\u200bupid",
        "ｓｔｕｐｉｄ",
        "1d10t",
        "i d i o t",
        "i.d.i.o.t",
        "id*iot",
    ],
)
def test_insults(text):
    assert "insult" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Assess the class assignments in Scunthorpe",
        "Prevenir du retard dès que possible",
        "Not putative but real credit",
        "The arsenal of tools in a shiitake farm",
        "Violence has no place here and violates our rules",
        "unique ideas, equal voices",
        "Mandar um email às 10:30",
        "Meet at 14:15 in room 2024-05",
    ],
)
def test_harmless_words_are_left_alone(text):
    assert flags_on(text) == ()


def test_of_all_labelled_tips_two_are_flagged():
    flagged = {
        text: kinds(text)
        for name in ("dev_own", "second_own", "third_own")
        for text in board(OWN / f"{name}.csv").texts
    }
    assert {text: found for text, found in flagged.items() if found} == {
        "put the protocol on protocols.io": ["link"],
        # A person sees at once that nobody is insulted here; a list cannot.
        "Nobody should feel stupid for asking": ["insult"],
    }


def test_links_contacts_and_likenesses():
    assert flags_on("see https://example.org") == (Flag("link", ("https://", "example.org")),)
    assert flags_on("call +49 170 1234567") == (Flag("contact", ("+49 170 1234567",)),)
    assert kinds("write to ada@example.org") == ["contact", "link"]
    assert flags_on("Be kind", similar_to=["t1"]) == (Flag("similar", ("t1",)),)


@given(st.text(max_size=4000))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_looked_at(text):
    assert all(flag.words for flag in flags_on(text))


def card(name: str, minute: int, *flags: Flag) -> Card:
    return Card(name, START + timedelta(minutes=minute), flags)


def test_the_queue_is_oldest_first_with_likenesses_together_and_listed_words_last():
    queue = [
        card("rude", 0, Flag("rude", ("crap",))),
        card("second", 2),
        card("first", 1),
        card("like first", 5, Flag("similar", ("first",))),
        card("like a tip on the wall", 3, Flag("similar", ("gone",))),
        card("with link", 4, Flag("link", ("www.",))),
    ]
    names = [one.id for one in in_order(queue)]
    assert names == ["first", "like first", "second", "like a tip on the wall", "with link", "rude"]
    assert [one.id for one in plain_ones(queue)] == ["first", "second"]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", "rude", "similar"])), max_size=20), st.randoms())
def test_no_card_is_lost_and_the_order_does_not_depend_on_arrival(drawn, chance):
    queue = [
        card(str(number), minute, *([Flag(kind, ("0", "1"))] if kind else []))
        for number, (minute, kind) in enumerate(drawn)
    ]
    ordered = in_order(queue)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in queue)
    chance.shuffle(queue)
    assert in_order(queue) == ordered
