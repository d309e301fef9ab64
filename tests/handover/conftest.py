"""The cast of the events' tests; Ada has two phones."""

from collections.abc import Callable

import pytest

from tests.events.conftest import Browser, browser, elsewhere, founding, moment, party, said_is_true, social

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]


@pytest.fixture
def old(browser: Callable[..., Browser]) -> Browser:
    return browser(device="device-of-ada")


@pytest.fixture
def new(browser: Callable[..., Browser]) -> Browser:
    return browser(device="her-other-device")
