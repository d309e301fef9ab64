"""Every route and method × every asker × what is theirs, another event's, or nowhere: as `routes.txt` says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from .asking import Told, ask, filled, undone
from .table import Row, declared, is_granted, route_of, routes
from .world import AT_ANOTHER_EVENT, WHO, World

# One prepared database, which no storage makes another one.
pytestmark = [pytest.mark.django_db, pytest.mark.looks]
ROWS = declared()
HOW = (
    "Add a row to tests/roles/routes.txt: METHOD path, then what each of these is told ({who}), and a body that the "
    "route takes, if it takes one. A new kind of thing needs a word of its own in tests/roles/world.py."
)


def test_every_route_has_its_row(prepared: World) -> None:
    there_is = {route_of(row, "/" + filled(row.path, prepared.own).partition("?")[0].removeprefix("/")) for row in ROWS}
    undeclared = sorted(f"{method} /{route}" for route, method in routes() - there_is)
    assert not undeclared, f"Nobody has said who may do this: {', '.join(undeclared)}. " + HOW.format(
        who=", ".join(WHO)
    )
    assert not there_is - routes(), "These rows ask in a way that their routes do not take."


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_is_told_what(prepared: World, row: Row) -> None:
    with undone():
        if row.state:
            prepared.states[row.state]()
        wrong = [f"{who}: {line}" for who, line in Questions(prepared, row).differences()]
    assert not wrong, "\n".join([str(row), *wrong])


def test_what_a_route_takes_is_told_alike(prepared: World) -> None:
    """OPTIONS, which no row names, breaks nowhere and says nothing of what is there."""
    for row in {row.path: row for row in ROWS}.values():
        asked = replace(row, method="OPTIONS", body="")
        questions = Questions(prepared, asked)
        own, other, none = (
            questions.ask_with("host", where, asked.words)
            for where in (prepared.own, prepared.other, questions.nowhere())
        )
        assert own.sign in ("200", "405", "no"), f"{row.path}: {own.everything[:200]}"
        assert list(held_alike(f"OPTIONS {row.path}", own, other)) == []
        assert list(held_alike(f"OPTIONS {row.path}", other, none)) == []


class Questions:
    """All that is asked of one route."""

    def __init__(self, world: World, row: Row) -> None:
        self.world, self.row = world, row
        self.own = {word: world.own[word] for word in row.words}
        # What nobody could be told more of, whoever they are: asked once for those who were told the same so far.
        self.of_none: dict[str, Told] = {}

    def differences(self) -> Iterator[tuple[str, str]]:
        """Who is told otherwise than the row says, and of what."""
        for who in WHO:
            told = ask(self.world, who, self.row, self.own)
            for line in (
                *held("what is theirs", self.row.answer(who), told),
                *self.of_things(who, told),
                *self.of_addresses(who),
            ):
                yield who, line

    def of_things(self, who: str, own: Told) -> Iterator[str]:
        things = [word for word in self.row.words if word != "CODE"]
        declared = self.row.answer(who)
        if things and not is_granted(declared):
            # Who may not is told the same of everything, there or not.
            other = self.ask_with(who, self.world.other, things)
            yield from held_alike("theirs and another event's", own, other)
            if declared not in self.of_none:
                self.of_none[declared] = self.ask_with(who, self.nowhere(), things)
                yield from held_alike("another event's and none", other, self.of_none[declared])
            return
        for word in things:
            other, missing = (self.ask_with(who, where, [word]) for where in (self.world.other, self.nowhere()))
            yield from held(f"{word} of another event", self.row.exceptions.get(word, "-"), other)
            yield from held_alike(f"{word} of another event and none", other, missing)

    def of_addresses(self, who: str) -> Iterator[str]:
        if "CODE" not in self.row.words:
            return
        there = AT_ANOTHER_EVENT[who]
        other = self.ask_with(who, self.world.other, self.row.words)
        yield from held("another event", self.row.answer(there), other)
        if there not in self.of_none:
            self.of_none[there] = self.ask_with(who, self.nowhere(), self.row.words)
        missing = self.of_none[there]
        if not (self.row.is_open and missing.sign == self.row.exceptions.get("CODE", "-")):
            yield from held_alike("another event and none", other, missing)

    def ask_with(self, who: str, where: Mapping[str, str], words: list[str]) -> Told:
        return ask(self.world, who, self.row, self.own | {word: where[word] for word in words})

    def nowhere(self) -> dict[str, str]:
        return {word: self.world.missing(word) for word in self.row.words}


def held(what: str, wanted: str, got: Told) -> Iterator[str]:
    if got.sign != wanted.removesuffix("!"):
        yield f"{what}: {got.sign}, declared {wanted}. {got.everything[:200]}"


def held_alike(what: str, one: Told, two: Told) -> Iterator[str]:
    if one.everything != two.everything:
        place = next(place for place in range(len(one.everything)) if one.everything[:place] != two.everything[:place])
        shown = [told.everything[max(0, place - 40) : place + 80] for told in (one, two)]
        yield f"{what} are told apart: {shown[0]!r}, {shown[1]!r}"
