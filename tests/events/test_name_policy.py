"""What an event asks of names: any, each a different one, or first and last; at the door and when one changes it."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.core.refusal import Refusal
from apps.events import actions, names
from apps.events.models import Attendee, Event
from apps.events.programme import BadProgramme, parse

from .conftest import Browser, Social


def asking_for(social: Social, policy: str) -> Social:
    Event.objects.update(names=policy)
    social.event = social.fresh()
    return social


def joined(social: Social, name: str, **more: Any) -> Attendee:
    return actions.join(social.event, f"device-{Attendee.objects.count()}", name=name, **more)[0]


def refused(act: Callable[[], object]) -> tuple[str, str]:
    """Code and sentence, which stands beside the name."""
    with pytest.raises(Refusal) as no:
        act()
    assert no.value.fields == {"name": [no.value.message]}
    return no.value.code, no.value.message


@pytest.mark.parametrize("typed", ["Ada", " ADA ", "Аdа", "\uff21da"])
def test_a_name_that_people_would_take_for_another_is_refused(social: Social, typed: str) -> None:
    asking_for(social, names.UNIQUE)
    code, sentence = refused(lambda: joined(social, typed))
    assert (code, "B.”" in sentence) == ("name_taken", True)
    assert social.event.attendees.count() == 2


def test_the_name_that_is_offered_is_free(social: Social) -> None:
    asking_for(social, names.UNIQUE)
    assert joined(social, "Ada B.").shown_name == "Ada B."
    assert "“Ada C.”" in refused(lambda: joined(social, "Ada"))[1]
    joined(social, "عائشة")
    assert "another name or a word" in refused(lambda: joined(social, "عائشة"))[1]
    joined(social, "A" * 40)
    assert "another name or a word" in refused(lambda: joined(social, "a" * 40))[1]


def test_nobody_takes_a_number_for_a_name(social: Social) -> None:
    second = joined(social, "Ada")
    asking_for(social, names.UNIQUE)
    assert second.shown_name == "Ada 2"
    assert refused(lambda: joined(social, "Ada 2"))[0] == "name_taken"
    assert actions.edit(social.event, second, name="ada 2").name == "ada 2"


def test_a_change_of_name_is_held_to_it_and_one_s_own_is_not(social: Social) -> None:
    asking_for(social, names.UNIQUE)
    assert refused(lambda: actions.edit(social.event, social.ben, name="ada"))[0] == "name_taken"
    assert actions.edit(social.event, social.ben, name="BEN", spot="red hat").shown_name == "BEN"
    assert actions.edit(social.event, social.ben, name="Ben K.").shown_name == "Ben K."
    assert actions.edit(social.event, social.ada, name="Ben").shown_name == "Ben"


def test_who_has_left_keeps_the_name_and_who_was_removed_does_not(social: Social) -> None:
    asking_for(social, names.UNIQUE)
    actions.leave(social.event, social.ada)
    assert refused(lambda: joined(social, "Ada"))[0] == "name_taken"
    actions.remove(social.event, social.ada.public_id)
    assert joined(social, "Ada").name == "Ada"
    assert refused(lambda: joined(social, "Ada"))[0] == "name_taken"


def test_the_same_device_again_is_the_same_attendee(social: Social) -> None:
    asking_for(social, names.UNIQUE)
    assert actions.join(social.event, "device-of-ada", name="Ada") == (social.ada, False)


FULL_NAMES = ["Ada Lovelace", "Ana B.", "李雷", "김철수", "عائشة بنت", "José Á."]
FIRST_NAMES = ["Ada", "Ada 👋", "Ada 2", "李", "Jean-Luc", "عائشة"]


@pytest.mark.parametrize("name", FULL_NAMES)
def test_two_names_are_a_full_one(social: Social, name: str) -> None:
    asking_for(social, names.FULL)
    assert joined(social, name).shown_name == name
    assert joined(social, name).shown_name == f"{name} 2"


@pytest.mark.parametrize("name", FIRST_NAMES)
def test_one_name_is_asked_about_and_taken_from_who_has_no_other(social: Social, name: str) -> None:
    asking_for(social, names.FULL)
    assert refused(lambda: joined(social, name)) == ("not_full", "Your first and last name, please.")
    assert refused(lambda: actions.edit(social.event, social.ben, name=name))[0] == "not_full"
    assert actions.edit(social.event, social.ada, name="Ada", spot="red hat").spot == "red hat"
    assert joined(social, name, whole=True).name == name


def test_by_the_api(social: Social, browser: Callable[..., Browser]) -> None:
    asking_for(social, names.FULL)
    phone = browser()
    assert phone.ask("GET", "events/BCDFG/").json()["event"]["names"] == "full"
    refusal = phone.ask("POST", "events/BCDFG/attendees/", {"name": "Grace"})
    assert (refusal.status_code, refusal.json()["code"], list(refusal.json()["fields"])) == (400, "not_full", ["name"])
    assert phone.ask("POST", "events/BCDFG/attendees/", {"name": "Grace", "whole": True}).status_code == 201
    asking_for(social, names.UNIQUE)
    taken = phone.ask("PATCH", "events/BCDFG/me/", {"name": "ada"})
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert phone.ask("PATCH", "events/BCDFG/me/", {"name": "Grace H."}).json()["attendee"]["name"] == "Grace H."


def test_in_a_file(db: None) -> None:
    least = 'title = "A"\n%s\n[[segments]]\nkind = "break"\ntitle = "Tea"\nminutes = 5'
    assert parse((least % "").encode())["names"] == "free"
    event = actions.create_event(parse((least % 'names = "unique"').encode()))
    assert (event.names, actions.programme_of(event)["names"]) == ("unique", "unique")
    with pytest.raises(BadProgramme) as bad:
        parse((least % 'names = "none"').encode())
    assert [key for key, _reason in bad.value.faults] == ["names"]
