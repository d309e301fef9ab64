"""No byte of a line reaches anybody but the two who both agreed, in any order; what is erased is nowhere."""

import itertools
import re
from collections.abc import Callable
from contextlib import suppress

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.events.models import Attendee
from apps.events.programme import parse
from apps.farewell import actions, queries
from apps.live import sources, streams
from apps.live.models import Document
from apps.live.rebuild import rebuild
from tests.events.conftest import FOUNDING, gathering
from tests.events.told import Screen

from .conftest import everything_stored

CANARY = re.compile(r"canary\d+x")
WHO = st.integers(0, 3)


class Evening(RuleBasedStateMachine):
    """Ada, Ben, Cleo and Dan meet, offer, take back, block, leave and are erased. Every line is one of its kind.

    Beside the product runs the plainest model there is: what each has offered whom, and whom they block.
    """

    @initialize()
    def begin(self) -> None:
        self.held = transaction.atomic()
        self.held.__enter__()
        self.party = gathering("BCDFG", parse(FOUNDING.read_bytes()))
        gathering("ZZZZZ", parse(FOUNDING.read_bytes()))
        self.event = self.party.event
        cleo, dan = (events.join(self.event, f"device-{name}", name=name)[0] for name in ("Cleo", "Dan"))
        self.people = [self.party.ada, self.party.ben, cleo, dan]
        self.numbers, self.looks = itertools.count(), itertools.count()
        self.met: set[frozenset[str]] = set()
        self.offers: dict[tuple[str, str], str] = {}
        self.blocks: set[tuple[str, str]] = set()
        self.lapsed: set[tuple[str, str]] = set()
        self.gone: set[str] = set()
        self.screens = [Screen(name) for name in [*sources.gather("BCDFG"), *sources.gather("ZZZZZ")]]

    def teardown(self) -> None:
        if hasattr(self, "held"):
            self.nothing_else_is_kept_anywhere()
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    def act(self, one: int, other: int, action: Callable[..., object], *more: str) -> bool:
        """Whether it was done; refused is exactly who did not meet, and an offer to somebody one blocks."""
        giver, to = self.people[one], self.people[other].public_id
        may = frozenset((giver.public_id, to)) in self.met and giver.public_id != to
        if action is actions.offer:
            may = may and (giver.public_id, to) not in self.blocks
        done = True
        try:
            action(self.event, giver, to, *more)
        except Refusal:
            done = False
        assert done == may
        return done

    @rule(one=WHO, other=WHO)
    def meet(self, one: int, other: int) -> None:
        pair = (self.people[one], self.people[other])
        if one != other and not {person.public_id for person in pair} & self.gone:
            actions.meet(self.event, [pair])
            self.met.add(frozenset(person.public_id for person in pair))

    @rule(one=WHO, other=WHO)
    def offer(self, one: int, other: int) -> None:
        line = f"canary{next(self.numbers)}x"
        if self.act(one, other, actions.offer, line):
            self.offers[self.way(one, other)] = line
            self.lapsed.discard(self.way(one, other))

    @rule(one=WHO, other=WHO)
    def withdraw(self, one: int, other: int) -> None:
        if self.act(one, other, actions.withdraw):
            self.taken_back(one, other)

    @rule(one=WHO, other=WHO)
    def block(self, one: int, other: int) -> None:
        if self.act(one, other, actions.block):
            self.taken_back(one, other)
            self.blocks.add(self.way(one, other))
            self.lapsed.discard(self.way(one, other))

    @rule(one=WHO, other=WHO)
    def unblock(self, one: int, other: int) -> None:
        if self.act(one, other, actions.unblock):
            self.blocks.discard(self.way(one, other))

    @rule(one=WHO)
    def leave_and_come_back(self, one: int) -> None:
        with suppress(Refusal):
            events.leave(self.event, self.people[one])
            if one % 2:
                events.come_back(self.event, self.people[one])

    @rule(one=WHO)
    def rename(self, one: int) -> None:
        with suppress(Refusal):
            events.edit(self.event, self.people[one], name=f"Name {next(self.numbers)}")

    @rule(one=WHO)
    def remove(self, one: int) -> None:
        with suppress(Refusal):
            events.remove(self.event, self.people[one].public_id)
            self.erased(one)
            self.nothing_else_is_kept_anywhere()

    @rule(one=WHO)
    def forget(self, one: int) -> None:
        with suppress(Refusal):
            events.forget(self.event, self.people[one])
            self.erased(one)
            self.nothing_else_is_kept_anywhere()

    @rule()
    def rebuild(self) -> None:
        rebuild("BCDFG")

    @rule(places=st.sets(st.integers(0, 99), max_size=4))
    def look(self, places: set[int]) -> None:
        for place in places:
            screen = self.screens[place % len(self.screens)]
            screen.catch_up()
            assert screen.documents == sources.gather(streams.scope(screen.stream)).get(screen.stream, {})

    def nothing_else_is_kept_anywhere(self) -> None:
        assert set(CANARY.findall(everything_stored())) == set(self.offers.values())

    def way(self, one: int, other: int) -> tuple[str, str]:
        return self.people[one].public_id, self.people[other].public_id

    def taken_back(self, one: int, other: int) -> None:
        """The end of a swap is the end of both lines."""
        if self.offers.pop(self.way(one, other), None) and self.offers.pop(self.way(other, one), None):
            self.lapsed.add(self.way(other, one))

    def erased(self, one: int) -> None:
        name = self.people[one].public_id
        self.gone.add(name)
        self.met = {pair for pair in self.met if name not in pair}
        self.offers = {way: line for way, line in self.offers.items() if name not in way}
        self.blocks = {way for way in self.blocks if name not in way}
        self.lapsed = {way for way in self.lapsed if name not in way}

    def may_read(self, name: str) -> set[str]:
        """One's own lines, and those of who gave one while one gave them."""
        own = {line for (giver, _to), line in self.offers.items() if giver == name}
        return own | {line for (giver, to), line in self.offers.items() if to == name and (name, giver) in self.offers}

    @invariant()
    def only_two_who_agreed_read_a_line(self) -> None:
        if not hasattr(self, "held"):
            return
        told = queries.all_documents("BCDFG")
        for stream, bodies in stored_bodies().items():
            owner = streams.owner(stream)
            allowed = self.may_read(owner[1]) if owner and streams.scope(stream) == "BCDFG" else set()
            assert set(CANARY.findall(str(list(bodies.values())))) == allowed, stream
            mine = {key: orjson.loads(body) for key, body in bodies.items() if key.startswith("contacts/")}
            assert mine == told.get(stream, {}), stream
            lapsed = {document["id"] for document in mine.values() if document["lapsed"]}
            assert lapsed == {to for giver, to in self.lapsed if owner and giver == owner[1]}, stream

    @invariant()
    def a_keepsake_holds_the_swapped_ones(self) -> None:
        if not hasattr(self, "held"):
            return
        name = self.people[next(self.looks) % 4].public_id
        lines = {line for (giver, to), line in self.offers.items() if to == name and (name, giver) in self.offers}
        person = Attendee.objects.filter(public_id=name).first()
        assert {line for _name, line in (queries.swapped(person) if person else [])} == lines


def stored_bodies() -> dict[str, dict[str, str]]:
    """Every body in storage by its stream and key, whoever could ask for it."""
    found: dict[str, dict[str, str]] = {}
    for name, key, body in Document.objects.exclude(body=None).values_list("stream__name", "key", "body"):
        found.setdefault(name, {})[key] = body
    return found


@pytest.mark.looks
@pytest.mark.usefixtures("db")
def test_no_byte_of_a_line_but_for_two_who_agreed() -> None:
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
