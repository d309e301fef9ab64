"""`manage.py up` as a stranger sees it: addresses that work, data that stays, a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.servers.daphne import ROOT, STATIC

ALONE = {"DATABASE_URL": "", "REDIS_URL": "", "WORKERS": "1", "PYTHONIOENCODING": "utf-8"}
COMMAND = [sys.executable, "manage.py", "up", "--host", "127.0.0.1", "--port"]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "static").symlink_to(STATIC)
    return tmp_path


@contextmanager
def up(var: Path, how: int = signal.SIGINT) -> Iterator[tuple[str, dict[str, str]]]:
    """What it printed, and the addresses in it."""
    environment = os.environ | ALONE | {"VAR": str(var)}
    with subprocess.Popen([*COMMAND, "0"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            if "Ctrl-C" in line:
                break
        text = "".join(lines)
        yield text, dict(re.findall(r"^(Join|Stage|Console) +(http\S+)$", text, re.MULTILINE))
        process.send_signal(how)
        try:
            assert process.wait(30) == 0
        finally:
            process.kill()


def test_a_stranger_gets_three_addresses_that_work(var: Path) -> None:
    with up(var) as (text, addresses), httpx.Client(timeout=20) as client:
        assert "The ML Collective Open Collaboration Social" in text
        assert "█" in text
        pages = {name: client.get(address) for name, address in addresses.items()}
        assert {name: page.status_code for name, page in pages.items()} == {"Join": 200, "Stage": 200, "Console": 200}
        assert 'method="post"' in pages["Console"].text
        # What the stage tells the room is what was printed here.
        assert f'"address": "{httpx.URL(addresses["Join"]).netloc.decode()}"' in pages["Stage"].text


def test_a_second_run_keeps_the_event_and_brings_a_new_link(var: Path) -> None:
    with up(var, signal.SIGTERM) as (_text, first):
        pass
    with up(var) as (_text, second):
        assert httpx.URL(first["Join"]).path == httpx.URL(second["Join"]).path
        assert httpx.URL(first["Stage"]).path == httpx.URL(second["Stage"]).path
        assert httpx.URL(first["Console"]).params["token"] != httpx.URL(second["Console"]).params["token"]


@pytest.mark.parametrize("port", ["taken", "99999"])
def test_a_port_that_cannot_be_had_is_named_in_a_sentence(var: Path, port: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = str(other.getsockname()[1]) if port == "taken" else port
        environment = os.environ | ALONE | {"VAR": str(var)}
        done = subprocess.run([*COMMAND, number], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: 127.0.0.1:{number} cannot be served: ")
    assert done.stderr.count("\n") == 1
    assert not (var / "socialhub.sqlite3").exists()
