import asyncio
import itertools
from collections.abc import Iterator

import pytest

from . import storage
from .running import Running

codes = itertools.count()


@pytest.fixture(scope="session", params=["sqlite", "postgres_and_redis"])
def environment(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment of a server process, once on each of the two set-ups."""
    with getattr(storage, request.param)() as found:
        yield found


@pytest.fixture(scope="session")
def site(environment: dict[str, str]) -> Iterator[Running]:
    """One process that all tests share which do not end it."""
    running = Running(environment)
    yield running
    log = running.stop()
    assert "Traceback" not in log, log


@pytest.fixture
def code() -> str:
    """The event of one test: nobody else is there."""
    return f"EVENT{next(codes)}"


@pytest.fixture(autouse=True)
async def _no_test_waits_for_ever():
    async with asyncio.timeout(60):
        yield
