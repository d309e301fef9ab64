"""JSON bodies as described, bent at one place by the grammar of JSON: part of `tests.attack.fuzz`."""

import copy
import json
import random
import secrets
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import integers
from schemathesis.generation import GenerationMode

from tests.servers.people import Evening

ODD: list[Any] = [
    *(None, True, 0, -1, 0.5, 2**31, 2**53, 2**63, -(2**64), 10**400, 1e308, -0.0),
    *("", " ", "\0", "\ud800", "\u202etxt.exe", "\u200b", "\ufeff", "a\r\nSet-Cookie: b=c", "é" * 5000, "👩‍👩‍👧" * 300),
    *("<script>", "%s{0}{{x}}", "../../etc/passwd", "' OR 1=1 --", "2024-02-30", "25:61", "Europe/Nowhere", "nan"),
    *([], [[]], {}, {"": ""}, [None] * 500),
]
JSON = "application/json"


@dataclass(frozen=True)
class Bent:
    """`must_fail` where no reader may take it for what was described."""

    how: str
    data: bytes
    headers: dict[str, str | None]
    must_fail: bool = False


def bent(body: Any, seed: int) -> Bent:
    chance = random.Random(seed)
    return chance.choice([bent_value, bent_value, bent_keys, bent_text, bent_wrapping])(body, chance)


def bent_value(body: Any, chance: random.Random) -> Bent:
    """One value, however deep, is another one."""
    changed = [copy.deepcopy(body)]
    holder, key = chance.choice(list(places(changed)))
    holder[key] = chance.choice(ODD)
    return Bent("value", text(changed[0]), {"Content-Type": JSON})


def bent_keys(body: Any, chance: random.Random) -> Bent:
    """A key is missing, new, another one, or there twice."""
    changed = copy.deepcopy(body)
    holders = [one for one in [changed, *(holder[key] for holder, key in places([changed]))] if isinstance(one, dict)]
    holder = chance.choice(holders) if holders else {}
    key = chance.choice(sorted(holder) or [""])
    match chance.choice(["missing", "new", "other", "twice"]):
        case "missing":
            holder.pop(key, None)
        case "new":
            holder[chance.choice(["", "id", "event_id", "__class__", "pk", key + "\u200b"])] = chance.choice(ODD)
        case "other":
            holder[chance.choice([key.upper(), f" {key}", f"{key}\0", f"{key}__id"])] = holder.pop(key, None)
        case "twice":
            first = json.dumps({key: chance.choice(ODD)})[1:-1]
            return Bent("keys", f"{{{first},{text(changed).decode()[1:]}".encode(), {"Content-Type": JSON})
    return Bent("keys", text(changed), {"Content-Type": JSON})


def bent_text(body: Any, chance: random.Random) -> Bent:
    """No JSON at all."""
    whole = text(body)
    broken = [
        whole[: chance.randrange(1, len(whole))] if len(whole) > 2 else b"{",
        whole + b"}",
        whole.replace(b'"', b"'") if b'"' in whole else b"{'a': 1}",
        b"\xff\xfe" + whole,
        b"[" * chance.choice([900, 20_000]),
        b'{"a":' * 5000,
        whole[:-1] + b',"\xc0\x80":1}' if whole.endswith(b"}") else b"\xc0",
        b"",
    ]
    return Bent("text", chance.choice(broken), {"Content-Type": JSON}, must_fail=True)


def bent_wrapping(body: Any, chance: random.Random) -> Bent:
    """The same, said to be something else."""
    whole = text(body)
    types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/xml",
    ]
    return chance.choice(
        [
            Bent("wrapping", whole, {"Content-Type": chance.choice(types)}, must_fail=True),
            Bent("wrapping", b"[" + whole + b"]", {"Content-Type": JSON}, must_fail=True),
            Bent("wrapping", whole, {"Content-Type": JSON, "Content-Encoding": "gzip"}),
            Bent("wrapping", whole, {"Content-Type": f"{JSON}; charset={chance.choice(['utf-16', 'x-none', 'idna'])}"}),
            Bent("wrapping", whole, {"Content-Type": JSON, "Idempotency-Key": chance.choice(["", "short", "x" * 65])}),
        ]
    )


def places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Where values stand: (list or object, index or key)."""
    for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from places(holder[key])


def text(body: Any) -> bytes:
    return json.dumps(body).encode()


def broken(answer: requests.Response, sent: Bent) -> str:
    """What is wrong with an answer, if anything is."""
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    if answer.status_code < 400:
        return "was taken" if sent.must_fail else ""
    told = answer.json() if answer.headers.get("Content-Type", "").startswith(JSON) else {}
    if not isinstance(told.get("code"), str) or not told.get("message"):
        return "refused without a code and a sentence"
    return ""


def fuzz(
    evening: Evening, schema: Any, session: requests.Session, headers: dict[str, str], known: dict[str, str], times: int
) -> Counter[int]:
    """Sends every operation that takes JSON so many bent bodies; how often which status came back.

    Raises where an answer is broken, or where a refused request has changed what everybody sees.
    """
    statuses = Counter[int]()
    for operation in (one.ok() for one in schema.get_all_operations()):
        if any(body.media_type == JSON for body in operation.body):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                send_all(evening, operation, session, headers, fixed(operation, known), times, statuses)
    return statuses


def send_all(
    evening: Evening,
    operation: Any,
    session: requests.Session,
    headers: dict[str, str],
    parameters: dict[str, str],
    times: int,
    statuses: Counter[int],
) -> None:
    def send(case: Any, sent: Bent) -> requests.Response:
        told = case.as_transport_kwargs(base_url=evening.ada.base)
        all_headers = headers | {"Idempotency-Key": secrets.token_urlsafe(24)} | sent.headers
        return session.request(told["method"], told["url"], data=sent.data, headers=all_headers, timeout=30)

    @seed(2026)
    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(GenerationMode.POSITIVE, path_parameters=parameters or None), at=integers(0, 10**9)
    )
    def each(case: Any, at: int) -> None:
        # Where a body may be left out, it is an empty one.
        sent, before = bent(case.body if isinstance(case.body, dict) else {}, at), heads(evening)
        answer = send(case, sent)
        statuses[answer.status_code] += 1
        about = f"{operation.label}: {sent}"
        assert not (why := broken(answer, sent)), f"{why}: {about}"
        if answer.status_code >= 400 and heads(evening) != before:
            # Something else may have been due in that instant, but hardly twice.
            before, answer = heads(evening), send(case, sent)
            assert answer.status_code < 400 or heads(evening) == before, f"refused, and changed something: {about}"

    each()


def heads(evening: Evening) -> dict[str, int]:
    """How far the shared streams are."""
    told = evening.hana.ask("GET", "snapshot/?as=console").json()["streams"]
    return {alias: told[alias]["version"] for alias in ("public", "crew")}


def fixed(operation: Any, known: dict[str, str]) -> dict[str, str]:
    """Parameters of the path that lead somewhere."""
    kind = "group_exercise" if "/walls/" in operation.path else "open_mic"
    there_is = known | {"segment": known[kind]}
    return {one.name: there_is[one.name] for one in operation.path_parameters if one.name in there_is}
