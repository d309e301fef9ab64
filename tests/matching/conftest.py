"""The cast of the events' tests, with a hall full of people at an icebreaker that has begun."""

import itertools
from collections.abc import Callable

import pytest

from apps.events.models import Attendee
from tests.events.conftest import Clock, Social, browser, elsewhere, founding, moment, party, said_is_true, social
from tests.events.conftest import arrive as here

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]


@pytest.fixture
def begun(social: Social, moment: Clock) -> Social:
    social.press("start")
    return social


@pytest.fixture
def arrive(begun: Social) -> Callable[..., list[Attendee]]:
    """`arrive(5)` or `arrive(2, remote=True)`: that many more people, Cleo 1, Cleo 2 and so on."""
    numbers = itertools.count(1)

    def come(count: int, *, remote: bool = False) -> list[Attendee]:
        return [
            here(begun.event, f"device-of-cleo-{number}", name=f"Cleo {number}", remote=remote)
            for number in itertools.islice(numbers, count)
        ]

    return come
