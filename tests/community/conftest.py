"""The cast of the events, and their browsers."""

from tests.events.conftest import browser, elsewhere, founding, moment, social

__all__ = ["browser", "elsewhere", "founding", "moment", "social"]
