"""The cast of the events' tests, and what a page says."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from tests.events.conftest import browser, elsewhere, founding, moment, social

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]


@pytest.fixture
def page_json() -> Callable[[HttpResponse], dict[str, Any]]:
    """The JSON that a page brings for its scripts."""

    def read(response: HttpResponse) -> dict[str, Any]:
        found = re.search(r'<script id="page" type="application/json">(.*?)</script>', response.content.decode())
        assert found, "the page has no JSON"
        return json.loads(found[1])

    return read
