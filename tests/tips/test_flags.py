"""Flags catch listed words in six languages and in disguise, leave harmless words alone, and only ever hint."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.tips.flags import Flag, flags_on
from tests.tips.labelled import OWN, board


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


def test_links_and_contacts():
    assert flags_on("see https://example.org") == (Flag("link", ("https://", "example.org")),)
    assert flags_on("call +49 170 1234567") == (Flag("contact", ("+49 170 1234567",)),)
    assert kinds("write to ada@example.org") == ["contact", "link"]


@given(st.text(max_size=4000))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_looked_at(text):
    assert all(flag.words for flag in flags_on(text))
