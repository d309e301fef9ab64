"""The links of the closing as codes: for a stage, of its own event, and only those that are there."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.events import actions as events
from apps.events import stage
from apps.events.queries import segments_of
from apps.screens.qr import svg
from tests.events.conftest import Social


@pytest.fixture
def get(client: Client) -> Callable[..., tuple[int, str]]:
    """Status and text of the code of a link: `get(whose stage, segment, number)`."""

    def fetched(of: Social, segment: str, number: int = 0) -> tuple[int, str]:
        answer = client.get(f"{stage.address(of.event)}links/{segment}/{number}.svg", headers={"host": "localhost"})
        return answer.status_code, answer.content.decode()

    return fetched


def closing(social: Social) -> str:
    return segments_of(social.event)[-1].public_id


def test_a_link_is_drawn_for_the_stage(social: Social, get: Callable) -> None:
    assert get(social, closing(social)) == (200, svg("https://mlcollective.org/"))


def test_there_is_no_other(social: Social, elsewhere: Social, get: Callable) -> None:
    others = [segments_of(social.event)[0].public_id, closing(elsewhere), "0" * 12]
    assert [get(social, closing(social), 1)[0], *(get(social, one)[0] for one in others)] == [404] * 4


def test_an_old_stage_link_draws_nothing(social: Social, client: Client) -> None:
    old = f"{stage.address(social.event)}links/{closing(social)}/0.svg"
    events.renew_stage_link(social.event)
    assert client.get(old, headers={"host": "localhost"}).status_code == 404
