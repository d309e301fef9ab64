"""No byte of a tip that is not on the wall reaches anybody but its author and the crew, in any order of things."""

import itertools
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from apps.core.refusal import Refusal
from apps.events import actions as events
from apps.events.models import Attendee, Crew
from apps.events.programme import parse
from apps.events.queries import segments_of
from apps.live import sources, streams
from apps.live.models import Document
from apps.tips import actions, queries
from apps.tips.models import Tip, Wall
from apps.tips.moderation import Verb
from apps.tips.theming import brief
from tests.events.conftest import FOUNDING, Social, gathering
from tests.events.told import Screen, stored

CANARY = re.compile(r"canary\d+x")
KEYS = ("tips/", "wall/", "themes/", "votes/", "queue/", "board/", "suggestions/")
ANY = st.integers(0, 99)


class Evening(RuleBasedStateMachine):
    """Ada, Ben and Cleo write; Mo and Hana decide; screens look whenever they like. Every text is one of its kind."""

    def __init__(self, party: Social, cleo: Attendee) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.party, self.people = replace(party), [party.ada, party.ben, cleo]
        self.segment = segments_of(party.event)[3].public_id
        self.numbers = itertools.count()
        self.written: dict[str, set[str]] = {person.public_id: set() for person in self.people}
        # An evening that is under way, so that no history is about an empty wall.
        for place in range(6):
            self.write(place // 2, signed=place % 2 == 0)
            if place % 3 == 0:
                self.approve(place, by=place)
        self.screens = [Screen(name) for name in [*sources.gather("BCDFG"), *sources.gather("ZZZZZ")]]

    def teardown(self) -> None:
        """The next history begins where this one did."""
        transaction.set_rollback(True)
        self.held.__exit__(None, None, None)

    def text(self, author: Attendee) -> str:
        text = f"canary{next(self.numbers)}x meets every week"
        self.written[author.public_id].add(text.split()[0])
        return text

    def tip(self, which: int, states: str) -> Tip | None:
        """One that is in one of these states, or any one while there is none: a refusal has to say nothing, too."""
        tips = list(Tip.objects.select_related("author").order_by("pk"))
        fitting = [tip for tip in tips if tip.state in states.split()] or tips
        return fitting[which % len(fitting)] if fitting else None

    def crew(self, which: int) -> Crew:
        return (self.party.hana, self.party.mo)[which % 2]

    def act(self, which: int, states: str, action: Callable[[Tip], object]) -> None:
        with suppress(Refusal):
            if tip := self.tip(which, states):
                action(tip)

    def decide(self, which: int, by: int, verb: Verb, states: str, **more: str) -> None:
        self.act(
            which,
            states,
            lambda tip: actions.decide(
                self.party.event, self.segment, tip.public_id, verb=verb, by=self.crew(by), **more
            ),
        )

    @rule(who=ANY, signed=st.booleans())
    def write(self, who: int, signed: bool) -> None:
        author = self.people[who % 3]
        with suppress(Refusal):
            actions.write(self.party.event, self.segment, author, text=self.text(author), signed=signed)

    @rule(which=ANY)
    def edit(self, which: int) -> None:
        self.act(
            which,
            "pending declined",
            lambda tip: actions.edit(
                self.party.event, self.segment, tip.author, tip.public_id, text=self.text(tip.author)
            ),
        )

    @rule(which=ANY)
    def withdraw(self, which: int) -> None:
        self.act(
            which,
            "pending declined",
            lambda tip: actions.withdraw(self.party.event, self.segment, tip.author, tip.public_id),
        )

    @rule(which=ANY, by=ANY)
    def approve(self, which: int, by: int) -> None:
        self.decide(which, by, Verb.APPROVE, "pending")

    @rule(which=ANY, by=ANY)
    def decline(self, which: int, by: int) -> None:
        self.decide(which, by, Verb.DECLINE, "pending", reason="other")

    @rule(which=ANY, by=ANY)
    def take_down(self, which: int, by: int) -> None:
        self.decide(which, by, Verb.TAKE_DOWN, "approved")

    @rule(which=ANY, by=ANY, verb=st.sampled_from([Verb.PUT_BACK, Verb.RECONSIDER]))
    def come_back(self, which: int, by: int, verb: Verb) -> None:
        self.decide(which, by, verb, "taken_down" if verb == Verb.PUT_BACK else "declined")

    @rule(which=ANY, by=ANY)
    def reword(self, which: int, by: int) -> None:
        self.act(
            which,
            "pending approved",
            lambda tip: actions.reword(
                self.party.event, self.segment, tip.public_id, by=self.crew(by), text=self.text(tip.author)
            ),
        )

    @rule(which=ANY, by=ANY)
    def undo(self, which: int, by: int) -> None:
        self.act(
            which,
            "approved declined taken_down",
            lambda tip: actions.undo(self.party.event, self.segment, tip.public_id, by=self.crew(by)),
        )

    @rule(by=ANY)
    def approve_all(self, by: int) -> None:
        ids = list(Tip.objects.values_list("public_id", flat=True))
        with suppress(Refusal):
            actions.approve_all(self.party.event, self.segment, ids, by=self.crew(by))

    @rule(by=ANY)
    def undo_all(self, by: int) -> None:
        ids = list(Tip.objects.values_list("public_id", flat=True))
        with suppress(Refusal):
            actions.undo_all(self.party.event, self.segment, ids, by=self.crew(by))

    @rule(which=ANY, by=ANY)
    def claim_and_pin(self, which: int, by: int) -> None:
        self.act(
            which, "pending", lambda tip: actions.claim(self.party.event, self.segment, tip.public_id, by=self.crew(by))
        )
        self.act(which, "approved", lambda tip: actions.pin(self.party.event, self.segment, tip.public_id, pinned=True))

    @rule(revealed=st.booleans())
    def cover(self, revealed: bool) -> None:
        actions.switch(self.party.event, self.segment, revealed=revealed)

    @rule(who=ANY, which=ANY)
    def vote(self, who: int, which: int) -> None:
        self.act(
            which,
            "approved",
            lambda tip: actions.vote(self.party.event, self.segment, self.people[who % 3], tip.public_id),
        )
        actions.count_due("BCDFG")

    @rule()
    def suggest_and_accept(self) -> None:
        Wall.objects.update(suggested_at=None)
        actions.suggest_due("BCDFG")
        wall = Wall.objects.get(segment__event=self.party.event)
        if wall.revealed and wall.suggestions["groups"]:
            # Under a name of a person's own: what the machine would call it may quote a tip.
            with suppress(Refusal):
                group = wall.suggestions["groups"][0]["id"]
                actions.accept_group(self.party.event, self.segment, group, name=f"Theme {next(self.numbers)}")

    @rule(which=ANY)
    def name_a_theme_in_its_words(self, which: int) -> None:
        """As the machine does where the tips of a group share no phrase; a suggestion is of approved tips alone."""
        tip, wall = self.tip(which, "approved"), Wall.objects.get(segment__event=self.party.event)
        if tip and tip.state == "approved":
            group = {"id": "own", "name": brief(tip.text), "quote": tip.public_id, "why": [], "theme": None}
            wall.suggestions["groups"] = [group | {"tips": [tip.public_id]}]
            with suppress(Refusal), transaction.atomic():
                wall.save()
                actions.accept_group(self.party.event, self.segment, "own")

    @rule()
    def another_moderator(self) -> None:
        events.revoke(self.party.mo)
        self.party.mo = events.add_crew(self.party.event, "Mo", "moderator")

    @rule()
    def remove_cleo(self) -> None:
        with suppress(Refusal):
            events.remove(self.party.event, self.people[2].public_id)

    @rule()
    def forget_ben(self) -> None:
        with suppress(Refusal):
            events.forget(self.party.event, self.people[1])

    @rule(places=st.sets(ANY, max_size=4))
    def look(self, places: set[int]) -> None:
        for place in places:
            self.screens[place % len(self.screens)].catch_up()

    @invariant()
    def nobody_reads_what_is_not_theirs(self) -> None:
        wall = Wall.objects.get(segment__event=self.party.event)
        tips = Tip.objects.filter(state="approved").values_list("text", flat=True) if wall.revealed else []
        shown = {canary for text in tips for canary in CANARY.findall(text)}
        for name, bodies in stored_bodies().items():
            own = streams.owner(name)
            if streams.alias(name) == "crew" and streams.scope(name) == "BCDFG":
                continue
            theirs = self.written.get(own[1], set()) if own else set()
            assert set(CANARY.findall(bodies)) <= (set() if streams.scope(name) == "ZZZZZ" else shown | theirs), name
        public = set(CANARY.findall(str(stored(streams.public("BCDFG")))))
        assert public == shown
        for screen in self.screens:
            if screen.stream == streams.public("BCDFG"):
                screen.catch_up()
                assert set(CANARY.findall(str(screen.documents))) == shown

    @invariant()
    def what_was_said_of_tips_is_true(self) -> None:
        told = stored_documents()
        for name, recomputed in queries.all_documents("BCDFG").items():
            kept = {key: body for key, body in told.get(name, {}).items() if key.startswith(KEYS)}
            assert kept == jsonable(recomputed), name


def stored_bodies() -> dict[str, str]:
    """Every body in storage by its stream, whoever could ask for it."""
    found: dict[str, str] = {}
    for name, body in Document.objects.exclude(body=None).values_list("stream__name", "body"):
        found[name] = found.get(name, "") + body
    return found


def stored_documents() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, key, body in Document.objects.exclude(body=None).values_list("stream__name", "key", "body"):
        found.setdefault(name, {})[key] = orjson.loads(body)
    return found


def jsonable(documents: object) -> Any:
    return orjson.loads(orjson.dumps(documents))


@pytest.mark.looks
@pytest.mark.usefixtures("db")
def test_no_byte_of_what_is_not_shown() -> None:
    parties = [gathering(code, parse(FOUNDING.read_bytes())) for code in ("BCDFG", "ZZZZZ")]
    for party in parties:
        party.press("start")
        party.press("enter", segment=segments_of(party.event)[3].public_id)
    cleo = events.join(parties[0].event, "device-of-cleo", name="Cleo")[0]
    run_state_machine_as_test(
        lambda: Evening(parties[0], cleo),
        settings=settings(
            max_examples=12,
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
