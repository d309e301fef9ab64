"""The compose file's parts as plain processes: its environment, its commands, and what its proxy sends along."""

import asyncio
import contextlib
import itertools
import json
import os
import random
import re
import secrets
import shlex
import socket
import subprocess
import sys
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import IO, Any

import httpx
import pytest
import yaml

from apps.core.limits import BODY_BYTES
from apps.live.door import bodies
from tests.faults.crowd import TLS
from tests.faults.ground import large
from tests.servers.daphne import ROOT, Process, Server

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CHOSEN = {
    "NAME": "social.example.org",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "POSTGRES_PASSWORD": "unused",
    "METRICS_TOKEN": "a token for the counts",
    "EMAIL_URL": "smtps://somebody:secret@mail.example.org:465",
    "EMAIL_FROM": "social@example.org",
}
WEB = ("first", "second")


def environment(service: str) -> dict[str, str]:
    """As compose fills it in."""
    filled = {}
    for name, text in COMPOSE["services"][service]["environment"].items():
        filled[name] = re.sub(r"\$\{(\w+)(?::[^}]*)?\}", lambda found: CHOSEN[found[1]], text)
    return filled


def test_the_large_parts_are_there_and_alike() -> None:
    assert set(COMPOSE["services"]) == {*WEB, "postgres", "redis", "proxy"}
    assert environment("first") == environment("second")
    assert environment("first")["WORKERS"] == "1"
    # What the proxy says of its visitors is believed, and what anybody else says is not.
    assert environment("first")["TRUSTED_PROXY"] == COMPOSE["networks"]["default"]["ipam"]["config"][0]["subnet"]
    assert COMPOSE["services"]["second"]["depends_on"]["first"]["condition"] == "service_healthy"
    command = COMPOSE["services"]["first"]["command"].split()
    done = subprocess.run([sys.executable, *command[1:], "--help"], cwd=ROOT, capture_output=True, check=True)
    assert b"--port" in done.stdout


def test_the_settings_pass_the_check_for_the_open_internet() -> None:
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
    done = subprocess.run(check, cwd=ROOT, env=os.environ | environment("first"), capture_output=True)
    assert done.returncode == 0, done.stderr


def test_the_image_speaks_every_language() -> None:
    assert "COPY locale locale" in (ROOT / "socialhub/Dockerfile").read_text()


@pytest.mark.parametrize(
    "line",
    [
        "header_up X-Forwarded-For {remote_host}",
        "header_up X-Forwarded-Proto {scheme}",
        "header_up -Forwarded",
        "max_header_size 16KB",
        "read_header 10s",
        "respond /metrics 404",
    ],
)
def test_the_proxy_keeps_its_limits_and_overwrites(line: str) -> None:
    assert line in COMPOSE["configs"]["caddyfile"]["content"]


def taken_by_the_proxy(path: str) -> list[int]:
    """The sizes of bodies up to which the proxy's rules let a request to this path in."""
    text = COMPOSE["configs"]["caddyfile"]["content"]
    sizes = dict(re.findall(r"request_body @(\w+) \{\s*max_size (\w+)", text))
    rules = re.findall(r"@(\w+) (not )?path_regexp (\S+)", text)
    assert sizes.keys() == {name for name, _not, _pattern in rules}
    return [in_bytes(sizes[name]) for name, is_not, pattern in rules if bool(re.search(pattern, path)) != bool(is_not)]


def in_bytes(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()
    return int(number) * {"KiB": 1024, "MiB": 1024**2, "KB": 1000, "MB": 1000**2}[unit]


def test_the_proxy_lets_in_what_the_server_takes_and_little_more() -> None:
    assert taken_by_the_proxy("/api/v1/events/BCDFG/attendees/") == [BODY_BYTES]
    assert len(bodies.larger) == 4
    for _method, pattern, room in bodies.larger:
        path = pattern.pattern.decode().replace("[^/]+", "BCDFG")
        (most,) = taken_by_the_proxy(path)
        assert room.most <= most < 1.1 * room.most, path


class Part(Process):
    """One of the file's web processes, by the file's own command; here it listens on a port of this machine alone."""

    def launch(self, listening: socket.socket, log: IO[str]) -> subprocess.Popen[bytes]:
        # The command binds for itself, as it does in its container.
        listening.close()
        named = shlex.split(COMPOSE["services"]["first"]["command"])
        given = {"python": sys.executable, "0.0.0.0": "127.0.0.1", "8000": str(self.port)}
        command = [given.get(part, part) for part in named]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def is_healthy(self) -> bool:
        """As the image's own check sees it."""
        check = json.loads(
            (ROOT / "socialhub/Dockerfile").read_text().split("HEALTHCHECK")[1].split("CMD ")[1].split("\n")[0]
        )
        program = check[2].replace(":8000", f":{self.port}")
        return subprocess.run([sys.executable, "-c", program], env=self.environment).returncode == 0


class Parts(Server):
    def new_process(self) -> Process:
        return Part(self.environment, self.log_file)


class Arriving:
    """People who come in through the proxy: what the file has it send along, to whichever process takes it."""

    def __init__(self, server: Server, code: str) -> None:
        self.server, self.address, self.is_over = server, f"/api/v1/events/{code}/", asyncio.Event()
        self.joined: list[str] = []
        self.sent = {"Host": CHOSEN["NAME"], "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

    async def ask(self, client: httpx.AsyncClient, chance: random.Random, method: str, path: str, **more: Any) -> Any:
        """Asked again until a process answers."""
        headers = self.sent | more.pop("headers", {})
        while True:
            base = chance.choice(self.server.processes).base
            with contextlib.suppress(httpx.TransportError):
                return await client.request(method, base + self.address + path, headers=headers, **more)
            await asyncio.sleep(0.05)

    async def come(self, client: httpx.AsyncClient, mark: str) -> None:
        chance = random.Random(mark)
        for number in itertools.count():
            if self.is_over.is_set():
                return
            seen = await self.ask(client, chance, "GET", "")
            assert "Secure" in seen.headers["set-cookie"]
            keyed = {"Cookie": seen.headers["set-cookie"].split(";")[0], "Idempotency-Key": secrets.token_urlsafe(24)}
            name = {"name": f"{mark} {number}"}
            answer = await self.ask(client, chance, "POST", "attendees/", json=name, headers=keyed)
            assert answer.status_code == 201, answer.text
            self.joined.append(answer.json()["attendee"]["id"])


@pytest.mark.slow
async def test_a_rolling_restart_under_load_loses_nothing() -> None:
    """Both web processes with the file's settings, one renewed after the other while people arrive."""
    settings = {name: text for name, text in environment("first").items() if name not in ("DATABASE_URL", "REDIS_URL")}
    # Here the proxy is on this machine, and so is whoever asks whether a process is ready.
    with large(settings | {"TRUSTED_PROXY": "127.0.0.1", "HOSTS": f"{CHOSEN['NAME']},127.0.0.1"}, Parts) as ground:
        server = ground.server
        code = server.manage(("load_programme", "apps/events/programmes/open-collaboration-social.toml"))[0].split()[0]
        arriving = Arriving(server, code)
        async with httpx.AsyncClient(
            timeout=30, verify=TLS, cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        ) as client:
            coming = [asyncio.create_task(arriving.come(client, mark)) for mark in ("Cleo", "Dana")]
            for process in server.processes:
                before = len(arriving.joined)
                assert await asyncio.to_thread(process.stop) == 0
                await asyncio.to_thread(process.start)
                assert await asyncio.to_thread(process.is_healthy)
                # The other one took them in all the while; now both do.
                assert len(arriving.joined) > before
            arriving.is_over.set()
            await asyncio.gather(*coming)
            for process in server.processes:
                token = {"Authorization": f"Bearer {CHOSEN['METRICS_TOKEN']}"}
                shown = [
                    await client.get(f"{process.base}/metrics", headers=arriving.sent | more) for more in ({}, token)
                ]
                assert [one.status_code for one in shown] == [404, 200]
                assert "socialhub_sockets 0" in shown[1].text
        found = json.loads(server.manage(("tests.faults.audit", code))[0])
    assert sorted(found["attendees"]) == sorted(arriving.joined)
    assert len(set(arriving.joined)) == len(arriving.joined)
    assert found["differing"] == []
