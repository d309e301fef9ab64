"""The cast of the events, and their browsers."""

from tests.events.conftest import browser, elsewhere, founding, moment, party, said_is_true, social

__all__ = ["browser", "elsewhere", "founding", "moment", "party", "said_is_true", "social"]
