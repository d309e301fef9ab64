"""Every operation of the schema by everybody there is; many more requests by `python -m tests.attack.fuzz`."""

from typing import Any

import pytest

from tests.servers.people import Evening

from . import fuzz

# Asked too often, a role's bucket is empty: what is granted at all is seen in the first few.
EXAMPLES = 3
FOR_ANYBODY = {"GET /api/v1/events/{code}/", "DELETE /api/v1/events/{code}/me/"}


@pytest.fixture(scope="module")
def schema(server: Any) -> Any:
    return fuzz.schema_of(server.base)


@pytest.mark.slow
@pytest.mark.parametrize("role", fuzz.ROLES)
def test_every_answer_is_as_described(evening: Evening, schema: Any, role: str) -> None:
    answers = fuzz.fuzz(evening, schema, role, EXAMPLES)
    assert answers.statuses.total() > 200
    assert not [status for status in answers.statuses if status >= 500]
    if role in ("nobody", "stage"):
        # A visitor may look at the invitation, and forget itself.
        assert answers.granted <= FOR_ANYBODY
        assert "GET /api/v1/events/{code}/" in answers.granted
        return
    assert ("GET /api/v1/events/{code}/me/" in answers.granted) == (role == "attendee")
    assert ("POST /api/v1/events/{code}/stage-links/" in answers.granted) == (role == "host")
    assert ("DELETE /api/v1/events/{code}/attendees/{attendee}/" in answers.granted) == (role != "attendee")
    assert 403 in answers.statuses
