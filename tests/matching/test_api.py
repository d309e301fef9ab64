"""What a client of the icebreaker may send; who may do what is in `tests/roles`."""

from collections.abc import Callable

import pytest

from apps.matching import actions
from apps.matching.models import Round
from tests.events.conftest import Browser, Social


@pytest.fixture
def round(begun: Social, arrive: Callable) -> Round:
    arrive(5)
    return actions.open_round(begun.event, by=begun.hana, after=0)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "after"),
        ({"after": -1}, "after"),
        ({"after": "1"}, None),
        ({"after": 1, "largest": 7}, "largest"),
        ({"after": 1, "smallest": 4, "largest": 3}, "smallest"),
        ({"after": 1, "minutes": 0}, "minutes"),
        ({"after": 1, "again": "yes"}, "again"),
        ({"after": 1, "afterwards": 1}, "afterwards"),
    ],
)
def test_a_bad_body_names_its_field(
    begun: Social, browser: Callable[..., Browser], round: Round, body: dict, field: str | None
) -> None:
    answer = browser(crew=begun.hana).ask("POST", "events/BCDFG/rounds/", body)
    if field is None:
        assert answer.status_code == 201
    else:
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert Round.objects.count() == (2 if field is None else 1)


def test_one_press_sent_twice_is_one_round(begun: Social, browser: Callable[..., Browser], round: Round) -> None:
    hana = browser(crew=begun.hana)
    answers = [hana.ask("POST", "events/BCDFG/rounds/", {"after": 1}, key="k" * 20) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Round.objects.count() == 2
