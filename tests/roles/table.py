"""Reads `routes.txt` and walks the site's addresses: every route has its row, every row its route."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from .world import WHO

ROUTES = Path(__file__).parent / "routes.txt"
EXCEPTION = re.compile(r"[A-Z]+=\w+")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    method: str
    path: str
    # What each asker is told, in the order of WHO.
    answers: tuple[str, ...]
    # By word: what is told of one that is not this event's, where it is not “-”.
    exceptions: dict[str, str]
    state: str
    body: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.method, self.path, self.body, self.state) if part)

    def answer(self, who: str) -> str:
        return self.answers[WHO.index(who)]

    @property
    def is_open(self) -> bool:
        """Whether the code of an event is enough to come in, so that there is no secret in its being there."""
        there = self.answer("attendee elsewhere")
        return there == "join" or there[0] in "23"

    @property
    def words(self) -> list[str]:
        """What stands for something else: `["CODE", "WALL", "PENDING"]`."""
        text = f"{self.path} {self.body}"
        for sign in '/{}":,[]?=&.':
            text = text.replace(sign, " ")
        return [word for word in dict.fromkeys(text.split()) if word.isupper() and word.isalpha() and word != "FILE"]


def is_granted(sign: str) -> bool:
    return sign[0] in "23" or sign.endswith("!")


def rows(text: str) -> Iterator[Row]:
    """Of lines `METHOD path nine answers [WORD=answer] [@state] [body]`, below one with what their paths begin with."""
    prefix = ""
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) == 1:
            prefix = words[0]
            continue
        method, path, *rest = words
        answers, more = rest[: len(WHO)], rest[len(WHO) :]
        assert len(answers) == len(WHO), f"This row has not one answer for each of {', '.join(WHO)}: {line}"
        exceptions = dict(one.split("=") for one in more if EXCEPTION.fullmatch(one))
        state = next((one for one in more if one.startswith("@")), "")
        body = " ".join(one for one in more if not (one.startswith("@") or EXCEPTION.fullmatch(one)))
        yield Row(method, prefix + path.removeprefix("."), tuple(answers), exceptions, state, body)


def declared() -> list[Row]:
    return list(rows(ROUTES.read_text()))


def routes() -> set[tuple[str, str]]:
    """Every route of the site and every method it takes: `("api/v1/events/<str:code>/me/", "PATCH")`."""
    return {(route, method) for route, view in walked(get_resolver()) for method in methods_of(route, view)}


def walked(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.callback
        else:
            yield from walked(one, route)


def methods_of(route: str, view: Any) -> list[str]:
    """Those that a view has, or that it says it takes when it is asked to make coffee."""
    if hasattr(view, "view_class"):
        return [method for method in METHODS if hasattr(view.view_class, method.lower())]
    answer = view(RequestFactory().generic("BREW", "/"), **dict.fromkeys(parameters(route), "x"))
    assert answer.status_code == 405, f"{route} does not say which methods it takes: decorate its view (require_safe …)"
    return [method for method in METHODS if method in answer["Allow"]]


def parameters(route: str) -> list[str]:
    return [part.partition(">")[0].rpartition(":")[2].rpartition("<")[2] for part in route.split("<")[1:]]


def route_of(row: Row, path: str) -> tuple[str, str]:
    return resolve(path).route, row.method
