"""One question of one asker, undone afterwards; and what of an answer can be compared."""

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import orjson
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from apps.core.models import Bucket
from tests.keepsake.conftest import content as content_of

from .table import Row
from .world import World, jpeg

KEYS = itertools.count()
SIGNS = {"not_here": "-", "not_allowed": "no", "not_joined": "join", "removed": "out", "signed_out": "in>"}
SENTENCES = {b"Please join first.": "join", b"The hosts have removed you from this event.": "out"}
# What differs from answer to answer for reasons of its own.
FLEETING = re.compile(
    "|".join(
        (
            r"nonce-[\w+/=-]+",
            r'nonce="[^"]*"',
            r'name="csrfmiddlewaretoken" value="\w+"',
            r'"csrf": "\w+"',
            r'"id":"\w{12}"',
        )
    )
)
# Asking costs, also the second time; who did not hear that they are signed in is signed in again.
BESIDES = {Bucket._meta.db_table, Session._meta.db_table, get_user_model()._meta.db_table}
FLEETING_HEADERS = {"Set-Cookie", "Date", "Expires"}


@dataclass(frozen=True)
class Told:
    """An answer as the tables write it, and all of it that somebody could compare with another one."""

    sign: str
    everything: str


def everything_stored() -> dict[str, list[Any]]:
    tables = sorted(set(connection.introspection.table_names()) - BESIDES)
    stored = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            stored[table] = cursor.fetchall()
    return stored


def differences(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        table: [row for row in [*before[table], *rows] if (row in before[table]) != (row in rows)]
        for table, rows in after.items()
        if sorted(rows, key=repr) != sorted(before[table], key=repr)
    }


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(world: World, who: str, row: Row, words: Mapping[str, str]) -> Told:
    """What `who` is told; `words` are put in for those of the row. Nothing of it remains."""
    cache.clear()
    path, body = filled(row.path, words), filled(row.body, words)
    if who == "stage":
        path += ("&" if "?" in path else "?") + f"stage={world.stage_token}"
    browser = world.browsers[who]
    kept = {name: morsel.value for name, morsel in browser.cookies.items()}
    with undone():
        answer = told(send(browser, row.method, path, body), words)
    # Whoever was given a cookie is asked the next time as if not.
    browser.cookies = SimpleCookie(kept)
    return answer


def filled(text: str, words: Mapping[str, str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"\b{word}\b", lambda _found, word=word: words[word], text)
    return text


def send(browser: Any, method: str, path: str, body: str, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or f"key-of-a-cell-{next(KEYS):08}"}
    if body == "FILE":
        file = SimpleUploadedFile("IMG_0001.jpg", jpeg(), content_type="image/jpeg")
        return browser.post(path, {"file": file, "consent": "true"}, headers=headers)
    kind = "application/json" if body.startswith("{") or not body else "application/x-www-form-urlencoded"
    return browser.generic(method, path, body, content_type=kind, headers=headers)


def told(answer: Any, words: Mapping[str, str]) -> Told:
    content = content_of(answer)
    # Its own close would end the connection as well.
    for close in answer._resource_closers:
        close()
    headers = {name: value for name, value in answer.headers.items() if name not in FLEETING_HEADERS}
    everything = f"{answer.status_code} {content.decode(errors='replace')} {headers}"
    for word, value in words.items():
        if len(value) >= 5:
            everything = everything.replace(value, word)
    return Told(sign_of(answer, content), FLEETING.sub("", everything))


def sign_of(answer: Any, content: bytes) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return "in>"
    if answer.status_code not in (403, 404):
        return str(answer.status_code)
    if answer["Content-Type"] == "application/json":
        return SIGNS.get(orjson.loads(content)["code"], orjson.loads(content)["code"])
    if answer.status_code == 404:
        return "-"
    return next((sign for sentence, sign in SENTENCES.items() if sentence in content), "no")
