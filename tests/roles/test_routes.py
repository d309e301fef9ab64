"""Every route and method × every asker × what is theirs, another event's, or nowhere: as `routes.txt` says."""

from collections.abc import Iterator

import pytest

from .asking import Told, ask, filled, undone
from .table import Row, declared, route_of, routes
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
    wrong: list[str] = []
    with undone():
        if row.state:
            prepared.states[row.state]()
        for who in WHO:
            wrong += [f"{who}: {line}" for line in differences(prepared, who, row)]
    assert not wrong, "\n".join([str(row), *wrong])


def differences(world: World, who: str, row: Row) -> Iterator[str]:
    """Where the answers to one asker are not as the row says."""
    told, own = row.answer(who), {word: world.own[word] for word in row.words}
    yield from held("what is theirs", told, ask(world, who, row, own))

    things = [word for word in row.words if word != "CODE"]
    # Whoever may is asked about each by itself; who may not must not even learn of all of them.
    for some in [[word] for word in things] if is_granted(told) else [things] if things else []:
        other = ask(world, who, row, own | {word: world.other[word] for word in some})
        missing = ask(world, who, row, own | {word: world.missing(word) for word in some})
        wanted = row.exceptions.get(some[0], "-") if is_granted(told) else told
        yield from held(f"{some} of another event", wanted, other)
        yield from held_alike(f"{some} of another event and none", other, missing)

    if "CODE" in row.words:
        there = row.answer(AT_ANOTHER_EVENT[who])
        other = ask(world, who, row, {word: world.other[word] for word in row.words})
        missing = ask(world, who, row, {word: world.missing(word) for word in row.words})
        yield from held("another event", there, other)
        if not (row.is_open and missing.sign == row.exceptions.get("CODE", "-")):
            yield from held_alike("another event and none", other, missing)


def is_granted(sign: str) -> bool:
    return sign[0] in "23" or sign.endswith("!")


def held(what: str, wanted: str, got: Told) -> Iterator[str]:
    if got.sign != wanted.removesuffix("!"):
        yield f"{what}: {got.sign}, declared {wanted}. {got.everything[:200]}"


def held_alike(what: str, one: Told, two: Told) -> Iterator[str]:
    if one.everything != two.everything:
        place = next(place for place in range(len(one.everything)) if one.everything[:place] != two.everything[:place])
        shown = [told.everything[max(0, place - 40) : place + 80] for told in (one, two)]
        yield f"{what} are told apart: {shown[0]!r}, {shown[1]!r}"
