"""What every test stands on: built static files, no network but our own, and the two set-ups.

Tests run on the set-up that the environment names: SQLite alone, or, below `python -m tests.servers.both`, Postgres
with Redis. There, only those run that touch a database or a server; of what is driven in a browser, the founding
evening alone, unless `--every-flow` asks for all of it (`make test-slow` does).
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from socialhub.static import collect
from tests import emptying
from tests.servers import daphne, people
from tests.servers.chromium import Screens, chromium
from tests.servers.daphne import Server
from tests.servers.people import Evening

# What they assert says, when it fails, what was there instead.
pytest.register_assert_rewrite("tests.events.told", "tests.browser.party")

OURS = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}
GROUND = {"db", "transactional_db", "server", "new_server", "evening"}
IS_LARGE = bool(os.environ.get("DATABASE_URL"))


def stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses any connection to another machine: a test that needs one would fail on the day it is away."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in OURS:
        raise PermissionError(f"A test tried to reach {arguments[1][0]}.")
    if event == "socket.getaddrinfo" and arguments[0] and str(arguments[0]) not in OURS:
        raise PermissionError(f"A test asked where {arguments[0]} is.")


def pytest_sessionstart(session: pytest.Session) -> None:
    sys.addaudithook(stay_at_home)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if not hasattr(session.config, "workerinput"):
        collect()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-flow", action="store_true", help="on the large set-up, too, drive every flow in a browser"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if IS_LARGE:
        chosen = [item for item in items if touches_ground(item) and (is_chosen(item) or config.option.every_flow)]
        config.hook.pytest_deselected(items=list(set(items) - set(chosen)))
        items[:] = chosen
    # Playwright keeps a loop in its thread, which asyncio's tests cannot share: they go first.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def touches_ground(item: pytest.Item) -> bool:
    asks_for = set(getattr(item, "fixturenames", ()))
    # Tests of the protocol bring both set-ups themselves; how a screen looks depends on none.
    if "environment" in asks_for or item.get_closest_marker("looks"):
        return False
    return item.get_closest_marker("django_db") is not None or bool(GROUND & asks_for)


def is_chosen(item: pytest.Item) -> bool:
    """Requests, documents and races meet both set-ups in every test; what screens make of them is the same on both."""
    return item.get_closest_marker("browser") is None or item.get_closest_marker("both") is not None


@pytest.fixture(autouse=True)
def language_of_the_house() -> Iterator[None]:
    """A request leaves its thread in the language it was answered in: no test begins in that of the one before."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    emptying.only_delete_rows()
    # The real ones are slow on purpose; the servers that tests start have them.
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """`with new_server() as server`: an installation of the test's own, with more environment if need be.

    Whoever kills it often takes `kind=WarmServer`.
    """

    def made(more: dict[str, str] | None = None, kind: type[Server] = Server) -> Any:
        folder = tmp_path_factory.mktemp("server")
        if IS_LARGE:
            return daphne.on_postgres(folder, os.environ["DATABASE_URL"], settings.REDIS_URL, more=more, kind=kind)
        return daphne.on_sqlite(folder, more, kind)

    return made


@pytest.fixture(scope="session")
def server(new_server: Callable[..., Any]) -> Iterator[Server]:
    """An installation that tests share, each with events of its own."""
    with new_server() as running:
        yield running


@pytest.fixture
def evening(server: Server) -> Iterator[Evening]:
    """The founding event with its cast, before it starts."""
    begun = people.evening(server)
    yield begun
    begun.close()


@pytest.fixture(scope="session")
def browser_process() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def screens(browser_process: Any, request: pytest.FixtureRequest) -> Iterator[Screens]:
    """Screens of one test; the test fails on anything a page complained of.

    Drawn without a graphics card, motion is a fifth of what a flow costs: where it is no part of it, less is asked for.
    """
    opened = Screens(browser_process, "no-preference" if request.node.get_closest_marker("motion") else "reduce")
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture
def founding_programme() -> Path:
    return daphne.ROOT / people.FOUNDING
