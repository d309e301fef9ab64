"""The cast of the events' tests after the icebreaker: Ada has met Ben and Cleo; Dan came, and met nobody."""

from dataclasses import dataclass

import pytest
from django.apps import apps

from apps.events import actions as events
from apps.events.models import Attendee
from apps.farewell import actions
from tests.events.conftest import Clock, Social, browser, elsewhere, founding, moment, social

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]


@dataclass
class Party(Social):
    cleo: Attendee
    dan: Attendee


@pytest.fixture
def party(social: Social, moment: Clock) -> Party:
    return after_the_icebreaker(social)


def after_the_icebreaker(social: Social) -> Party:
    cleo, dan = (events.join(social.event, f"device-of-{name.lower()}", name=name)[0] for name in ("Cleo", "Dan"))
    actions.meet(social.event, [(social.ada, social.ben), (social.ada, cleo)])
    return Party(social.event, social.hana, social.mo, social.ada, social.ben, cleo, dan)


def everything_stored() -> str:
    """Every value of every row of every table."""
    return str([list(model.objects.values_list()) for model in apps.get_models() if model._meta.managed])
