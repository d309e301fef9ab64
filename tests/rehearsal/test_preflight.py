"""The page before the evening: what it finds, and who may look."""

import time
from datetime import timedelta

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from apps.core import clock
from apps.rehearsal import preflight
from apps.rehearsal.models import Preflight
from tests.events.conftest import Social, browser, elsewhere, founding, moment, social
from tests.servers.chromium import Screens, barriers, shoot
from tests.servers.daphne import PATIENCE_SECONDS
from tests.servers.people import Evening, Person

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]


def found(social: Social) -> dict[str, bool]:
    return {one.name: one.is_well for one in preflight.look(social.event)}


def test_a_stage_is_there_while_it_is_heard_from(social: Social, elsewhere: Social) -> None:
    assert found(social)["Stage"] is False
    preflight.note_heard([f"BCDFG/stage/{social.event.stage_id}", f"BCDFG/attendee/{social.ada.public_id}"])
    assert found(social)["Stage"] is True
    assert found(elsewhere)["Stage"] is False
    Preflight.objects.update(stage_heard_at=clock.now() - preflight.LATELY - timedelta(seconds=1))
    assert found(social)["Stage"] is False


def test_what_is_missing_is_said(social: Social, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(social)["Storage"] is True
    assert preflight.storage(1.0, is_kept=False).is_well is False
    assert preflight.storage(preflight.SLOW_MS, is_kept=True).is_well is False
    assert (preflight.disk(0.2).is_well, preflight.disk(20.0).is_well) == (False, True)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend"):
        assert preflight.mail().is_well is True
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        assert preflight.mail().is_well is False


async def test_the_crew_alone_may_look_and_a_real_stage_is_seen(evening: Evening) -> None:
    path = f"/console/{evening.code}/rehearsal/"
    for person, status in ((evening.ada, 302), (evening.zoe, 302), (evening.hana, 200), (evening.mo, 200)):
        assert person.client.get(path).status_code == status
    for person in (evening.ada, evening.zoe):
        assert person.client.get(f"{path}clock/").status_code == 404
    assert "No stage was heard from." in evening.hana.client.get(path).text
    token = evening.stage.strip("/").split("/")[1]
    screen = Person("stage", evening.server.base, evening.code, "stage")
    async with screen.listen(token):
        until = time.monotonic() + PATIENCE_SECONDS
        while "The stage is connected" not in (text := evening.hana.client.get(path).text):
            assert time.monotonic() < until, text
    screen.client.close()


@pytest.mark.browser
@pytest.mark.looks
def test_this_device_measures_the_network_and_its_clock(screens: Screens, evening: Evening) -> None:
    page = screens.open(f"/console/{evening.code}/rehearsal/", evening.hana, "phone")
    expect(page.get_by_text("ms for a question and its answer")).to_be_visible()
    expect(page.get_by_text("are 0.0 s apart")).to_be_visible()
    assert barriers(page) == []
    shoot(page, "preflight")
