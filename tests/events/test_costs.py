"""A press costs the same at a party of three and of thirty: no query may depend on how many there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events import actions
from apps.events.presence import note_heard, present
from apps.live import streams

from .conftest import Browser, Social


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def presses(social: Social, browser: Callable[..., Browser]) -> dict[str, int]:
    """Queries of one of each, for two parties of different size alike."""
    console, phone = browser(crew=social.hana), browser(device="device-of-ada")
    names = [streams.attendee("BCDFG", one) for one in social.event.attendees.values_list("public_id", flat=True)]
    number = social.event.attendees.count()
    return {
        "blank": queries_of(lambda: social.press("blank")),
        "unblank": queries_of(lambda: social.press("unblank")),
        "console": queries_of(lambda: console.ask("GET", "events/BCDFG/snapshot/?as=console")),
        "phone": queries_of(lambda: phone.ask("GET", "events/BCDFG/snapshot/?as=phone")),
        "facts": queries_of(lambda: phone.ask("GET", "events/BCDFG/")),
        "join": queries_of(lambda: actions.join(social.event, f"another-{number}", name=f"Kim of {number}")),
        "equal name": queries_of(lambda: actions.join(social.event, f"equal-{number}", name="Guest")),
        "present": queries_of(lambda: present("BCDFG")),
        "heard": queries_of(lambda: note_heard(names)),
        "edit": queries_of(lambda: actions.edit(social.event, social.ada, spot=f"spot {number}")),
    }


def test_costs_do_not_grow_with_the_programme(db: None) -> None:
    def costs(code: str, segments: int) -> dict[str, int]:
        one = {"kind": "break", "title": "Coffee", "minutes": 9, "prompts": ["One", "Two"]}
        event = actions.create_event({"title": "Long", "language": "en", "segments": [one] * segments}, code)
        social = Social(event, actions.add_crew(event, "Hana", "host"), *[None] * 3)  # type: ignore[arg-type]
        return {
            verb: queries_of(lambda verb=verb: social.press(verb))
            for verb in ("start", "next_prompt", "next", "back", "end")
        }

    assert costs("BCDFG", 3) == costs("ZZZZZ", 40)


@pytest.mark.usefixtures("moment")
def test_costs_do_not_grow(social: Social, browser: Callable[..., Browser]) -> None:
    for number in range(3):
        actions.join(social.event, f"first-{number}", name="Guest")
    few = presses(social, browser)
    for number in range(30):
        actions.join(social.event, f"more-{number}", name="Guest")
    assert presses(social, browser) == few
    assert (few["present"], few["heard"]) == (1, 1)
