"""The log is one JSON object a line, and nothing that opens a door is in it."""

import json
import logging
import sys

import pytest

from socialhub.log import Lines
from tests.servers.people import Evening

SIGNED = "QLBFL.b8t8vqnrzm4t.lkQdp6Fa0KI3yRbQB0IDepgv5O8UVgm3T220AmNpFI8"


def written(message: str, *arguments: object, error: bool = False) -> dict[str, str]:
    info = sys.exc_info() if error else None
    return json.loads(Lines().format(logging.LogRecord("apps.live", 30, "", 1, message, arguments, info)))


def test_a_line_is_one_object() -> None:
    line = written("%d streams\nwere “read” late", 3)
    assert {name: line[name] for name in ("level", "from", "message")} == {
        "level": "warning",
        "from": "apps.live",
        "message": "3 streams\nwere “read” late",
    }


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (f"GET /stage/{SIGNED}/", "GET /stage/[hidden]/"),
        ("GET /stage/short/", "GET /stage/[hidden]/"),
        ("GET /sign-in/?token=AAAA-bbbb&next=/console/", "GET /sign-in/?token=[hidden]&next=/console/"),
        (f"cookie device={SIGNED}", "cookie [hidden]"),
    ],
)
def test_what_opens_a_door_is_hidden(message: str, shown: str) -> None:
    assert written(message)["message"] == shown


def test_in_tracebacks_too() -> None:
    try:
        raise ValueError(SIGNED)
    except ValueError:
        assert SIGNED not in json.dumps(written("broken", error=True))


def test_a_server_logs_neither_names_nor_tokens(evening: Evening) -> None:
    evening.hana.press("start")
    evening.ada.client.get(evening.stage)
    evening.ada.client.get("/stage/nonsense/")
    log = evening.server.log
    secrets = [cookie.value for person in (evening.hana, evening.ada) for cookie in person.client.cookies.jar]
    assert [text for text in ("Hana", "Ada", "nonsense", evening.stage, *secrets) if text in log] == []
