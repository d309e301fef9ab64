"""Whatever the OpenAPI schema allows, and what it does not, asked by each role: `python -m tests.attack.fuzz`.

Seeded. Each role has an event of its own at a real server, which it may well bring to its end. Every answer is held
against the schema: no 5xx, and status, type and shape as described. Before that, conversations over websockets, whole
and bent (`frames`).
"""

import argparse
import asyncio
import contextlib
import logging
import os
import secrets
import tempfile
import warnings
from collections import Counter
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import checks as held
from schemathesis.generation import GenerationMode

from tests.attack import bodies, frames
from tests.servers import daphne, people
from tests.servers.daphne import Server
from tests.servers.people import Evening, Person

ROLES = ("nobody", "attendee", "moderator", "host", "stage")
# What is answered before a view is asked: a token of forms that is missing, a body that is no JSON, an empty bucket.
BEFORE_THE_VIEW = {400, 403, 404, 415, 429}

held.load_all_checks()
ALWAYS = [held.not_a_server_error] + [
    held.CHECKS.get_one(name) for name in ("content_type_conformance", "response_schema_conformance")
]
OF_THE_VIEW = [held.CHECKS.get_one("status_code_conformance")]


@dataclass
class Answers:
    """Of one role: how many of which status, and the operations that were granted."""

    statuses: Counter[int] = field(default_factory=Counter)
    granted: set[str] = field(default_factory=set)


def schema_of(base: str) -> Any:
    document = requests.get(f"{base}/api/v1/schema/?format=json", timeout=30).json()
    # Who asks is a matter of the session: without this, cookies would be made up in place of its own.
    del document["components"]["securitySchemes"]
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return schemathesis.openapi.from_dict(document)


def visit(evening: Evening, role: str) -> tuple[requests.Session, dict[str, str]]:
    """A session of this role, and what its pages send along; it takes no cookie, so that it stays who it is."""
    nobody = Person("Nobody", evening.ada.base, evening.code)
    cast = {"host": evening.hana, "moderator": evening.mo, "attendee": evening.ada}
    person = cast.get(role, nobody)
    if role == "stage":
        person.client.get(evening.stage).raise_for_status()
    session = requests.Session()
    session.cookies.update({cookie.name: cookie.value or "" for cookie in person.client.cookies.jar})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for cookie in session.cookies:
        cookie.domain = "127.0.0.1"
    headers = {"Origin": person.base} | ({"X-CSRFToken": person.csrf()} if person.screen == "console" else {})
    nobody.client.close()
    return session, headers


def fuzz(evening: Evening, schema: Any, role: str, examples: int) -> Answers:
    """Asks every operation `examples` times as described and as often not as described; raises where one is broken."""
    session, headers = visit(evening, role)
    known = what_there_is(evening)
    answers = Answers()
    for operation in (one.ok() for one in schema.get_all_operations()):
        fixed = bodies.fixed(operation, known)
        # What takes nothing cannot be asked otherwise than as described, and finding that out takes seconds.
        takes = [*operation.body, *operation.query, *operation.headers]
        for mode in (GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if takes else [])):
            ask(operation, mode, examples, fixed, session, evening.ada.base, headers, answers)
    return answers


def what_there_is(evening: Evening) -> dict[str, str]:
    """An event that has begun, with an open bowl and a slip in it: parameters of paths that lead somewhere."""
    evening.hana.press("start")
    public = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]["public"]["documents"]
    kinds = {segment["kind"]: segment["id"] for segment in public["programme"]["segments"]}
    bowl = f"bowls/{kinds['open_mic']}/"
    evening.hana.ask("PUT", f"{bowl}opening/").raise_for_status()
    evening.mo.ask("POST", f"{bowl}slips/", {"name": "Cleo"}).raise_for_status()
    ben = evening.ben.ask("GET", "me/").json()["attendee"]["id"]
    return kinds | {"code": evening.code, "attendee": ben, "other": ben, "number": "1", "size": "wall", "form": "csv"}


def ask(
    operation: Any,
    mode: GenerationMode,
    examples: int,
    fixed: dict[str, str],
    session: requests.Session,
    base: str,
    headers: dict[str, str],
    answers: Answers,
) -> None:
    @seed(2026)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode, path_parameters=fixed or None))
    def each(case: Any) -> None:
        # The schema cannot say that a key is one's own; where all is to be as described, it is.
        key = {"Idempotency-Key": secrets.token_urlsafe(24)} if mode is GenerationMode.POSITIVE else {}
        answer = case.call(base_url=base, session=session, headers=headers | key, timeout=30)
        answers.statuses[answer.status_code] += 1
        if answer.status_code < 300:
            answers.granted.add(f"{operation.method.upper()} {operation.path}")
        held_against = ALWAYS + (OF_THE_VIEW if answer.status_code not in BEFORE_THE_VIEW else [])
        case.validate_response(answer, checks=held_against)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Nor what takes no more than a token.
        with contextlib.suppress(*([Unsatisfiable] if mode is GenerationMode.NEGATIVE else [])):
            each()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.attack.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=5, help="of each operation, as described and as often not")
    parser.add_argument("--conversations", type=int, default=600, help="of each kind of screen, over websockets")
    parser.add_argument("--bodies", type=int, default=10, help="bent ones, of each operation that takes JSON")
    parser.add_argument("--seed", type=int, default=2026, help="of the conversations")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    import django

    django.setup()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, daphne.on_sqlite(Path(folder)) as server:
        over_websockets(server, options.conversations, options.seed)
        over_http(server, options.examples)
        with_bent_bodies(server, options.bodies)


def over_websockets(server: Server, conversations: int, seed: int) -> None:
    print("| screen | conversations | whole | bent, and refused | ways of bending |\n|---|---:|---:|---:|---:|")
    for screen in frames.SCREENS:
        evening = people.evening(server)
        found = asyncio.run(frames.fuzz(evening, screen, conversations, seed))
        evening.close()
        whole = found.pop("whole", 0)
        print(f"| {screen} | {conversations} | {whole} | {found.total()} | {len(found)} |", flush=True)
    print()


def over_http(server: Server, examples: int) -> None:
    print("| role | requests | granted (2xx) | refused (4xx) | broken (5xx) | operations granted |")
    print("|---|---:|---:|---:|---:|---:|")
    schema = schema_of(server.base)
    for role in ROLES:
        evening = people.evening(server)
        answers = fuzz(evening, schema, role, examples)
        evening.close()
        kinds = Counter({status // 100: 0 for status in (200, 400, 500)})
        for status, number in answers.statuses.items():
            kinds[status // 100] += number
        numbers = (answers.statuses.total(), kinds[2], kinds[4], kinds[5], len(answers.granted))
        print(f"| {role} | {' | '.join(map(str, numbers))} |", flush=True)


def with_bent_bodies(server: Server, examples: int) -> None:
    print("\n| role | bent bodies | taken (2xx) | refused (4xx) | broken (5xx) |\n|---|---:|---:|---:|---:|")
    schema = schema_of(server.base)
    for role in ("attendee", "moderator", "host"):
        evening = people.evening(server)
        statuses = bodies.fuzz(evening, schema, *visit(evening, role), what_there_is(evening), examples)
        evening.close()
        numbers = [sum(n for status, n in statuses.items() if status // 100 == kind) for kind in (2, 4, 5)]
        print(f"| {role} | {statuses.total()} | {' | '.join(map(str, numbers))} |", flush=True)


if __name__ == "__main__":
    main()
