"""The cast of the events' tests, at an event whose bowls are open."""

import pytest

from apps.bowl.models import Bowl
from apps.events.queries import segments_of
from tests.events.conftest import Clock, Social, browser, elsewhere, founding, moment, party, said_is_true, social

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]


@pytest.fixture
def success(social: Social, moment: Clock) -> str:
    """The id of the segment “Success Stories”; the event has started."""
    social.press("start")
    return segments_of(social.event)[1].public_id


@pytest.fixture
def horror(social: Social, success: str) -> str:
    return segments_of(social.event)[2].public_id


@pytest.fixture
def bowl(success: str) -> Bowl:
    return Bowl.objects.get(segment__public_id=success)
