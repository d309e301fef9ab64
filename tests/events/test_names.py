"""Nobody shows another's name: equal and look-alike names get a number everybody sees."""

import pytest

from apps.core.refusal import Refusal
from apps.events import actions
from apps.events.models import Attendee
from apps.events.names import imitates, key_of

from .conftest import Social


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ada"),
        ("Ada", "Аdа"),  # Cyrillic А and а
        ("Ada", "ΑDΑ"),  # Greek capital alpha
        ("Al", "AI"),
        ("Bob", "B0b"),
        ("Straße", "STRASSE"),
        ("Ada Lovelace", "AdaLovelace"),
        ("Zoë", "Zoe\u0308"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("Ada", "Adá"), ("عائشة", "عائشه"), ("李雷", "李蕾"), ("👩🏽", "👩🏿")])
def test_not_alike(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def joined(social: Social, name: str) -> Attendee:
    return actions.join(social.event, f"device-{Attendee.objects.count()}", name=name)[0]


def test_an_equal_name_gets_the_next_number(social: Social) -> None:
    assert [joined(social, name).shown_name for name in ("Ada", "ADA", "Аdа")] == ["Ada 2", "ADA 3", "Аdа 4"]


def test_a_number_that_somebody_typed_is_not_given_again(social: Social) -> None:
    assert joined(social, "Ada 2").shown_name == "Ada 2"
    assert joined(social, "Ada").shown_name == "Ada 3"
    assert joined(social, "Ada 3").shown_name == "Ada 3 2"


def test_names_are_of_one_event(social: Social, elsewhere: Social) -> None:
    assert joined(elsewhere, "Ada").shown_name == "Ada"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Grace \t Hopper ", "Grace Hopper"),
        ("عائشة", "عائشة"),
        ("👩\u200d👩\u200d👧\u200d👦", "👩\u200d👩\u200d👧\u200d👦"),
        ("Z" + "\u0351" * 30 + "algo", "Z" + "\u0351" * 4 + "algo"),
        ("Eve\u202egnp", "Evegnp"),
        ("E\u200bve", "Eve"),
        ("𝓔𝓿𝓮", "Eve"),
    ],
)
def test_names_are_cleaned(social: Social, typed: str, shown: str) -> None:
    assert joined(social, typed).shown_name == shown


@pytest.mark.parametrize(
    ("typed", "code"), [("", "empty"), (" \u200b ", "empty"), ("x" * 41, "too_long"), ("👩\u200d👧" * 41, "too_long")]
)
def test_a_bad_name_is_refused_at_its_field(social: Social, typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        joined(social, typed)
    assert (refused.value.code, refused.value.status, list(refused.value.fields)) == (code, 400, ["name"])
    assert Attendee.objects.filter(event=social.event).count() == 2


def test_forty_families_are_forty_characters(social: Social) -> None:
    families = "👩\u200d👩\u200d👧\u200d👦" * 40
    assert joined(social, families).shown_name == families


def test_a_new_name_of_one_s_own(social: Social) -> None:
    assert actions.edit(social.event, social.ben, name="Ada").shown_name == "Ada 2"
    assert actions.edit(social.event, social.ben, name="Ada 2").shown_name == "Ada 2"
    assert actions.edit(social.event, social.ben, name="ADA").shown_name == "ADA 2"
    assert actions.edit(social.event, social.ben, name="Ben").shown_name == "Ben"
    assert actions.edit(social.event, social.ada, name="Ada").shown_name == "Ada"


IMITATIONS = """Moderator|the Host|HOST 2|Ada (host)|ada [Hоst]|Host: Ada|Ada - crew|Ada_admin|🎤 host Ada|Hana Host
host hana|h0st|Mo, moderator|(co)host"""
NAMES = "Ada|Robert Crew|Ghost|Anna-Maria Host|Hana|Hostess|J. Adminson|Ada (she)|crewe|主持人|O'Host Brien"


@pytest.mark.parametrize("name", IMITATIONS.replace("\n", "|").split("|"))
def test_who_sounds_like_crew(name: str) -> None:
    assert imitates(name, ["Hana", "Mo"])


@pytest.mark.parametrize("name", NAMES.split("|"))
def test_who_does_not(name: str) -> None:
    assert not imitates(name, ["Hana", "Mo"])


def test_nobody_passes_for_crew(social: Social) -> None:
    for act in (
        lambda: joined(social, "Hana (host)"),
        lambda: actions.edit(social.event, social.ada, name="Moderator"),
        lambda: joined(social, "Mo Moderator"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.code, refused.value.status, list(refused.value.fields)) == ("crew_name", 400, ["name"])
    # Hana's own phone is Hana's.
    assert joined(social, "Hana").shown_name == "Hana"
