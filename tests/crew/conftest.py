"""The cast of an event, for the tests of its crew."""

from tests.events.conftest import Browser, browser, elsewhere, founding, moment, party, said_is_true, social

__all__ = ["Browser", "browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]
