"""The cast of the events' tests, at an event whose wall is open."""

import pytest

from apps.events.queries import segments_of
from tests.events.conftest import Clock, Social, browser, elsewhere, founding, moment, party, said_is_true, social

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]


@pytest.fixture
def segment(social: Social, moment: Clock) -> str:
    """The id of “What now?”, which has been entered."""
    social.press("start")
    found = segments_of(social.event)[3].public_id
    social.press("enter", segment=found)
    return found
