"""How the evening went, in numbers for its crew. Counted when asked; names only where somebody asked for them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import ceil
from statistics import median
from unicodedata import normalize

from django.db.models import Count, Q, QuerySet

from apps.bowl.models import Bowl, Draw, Slip
from apps.events.models import Attendee, Event
from apps.events.queries import attendees_of
from apps.matching.models import Round, Seat
from apps.matching.queries import found_seats, met_by
from apps.tips.models import Decision, Tip
from apps.tips.moderation import State, Verb

# Of tips: so many and more are one bar.
MANY = 5


@dataclass(frozen=True, slots=True)
class Side:
    """Those in the room, or those who took part by video."""

    joined: int
    matched: int
    met: int
    stories: int
    tips: int


@dataclass(frozen=True, slots=True)
class RoundFigures:
    number: int
    people: int
    groups: int
    found: int  # groups in which people found each other
    new: int  # pairs who met for the first time
    repeats: int
    unavoidable: int


@dataclass(frozen=True, slots=True)
class BowlFigures:
    title: str
    called: int
    told: int
    passed: int
    no_show: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long tips waited for a moderator, in seconds; None while none was decided."""

    decided: int
    pending: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    remote: bool
    rounds: int
    met: int
    stories: int
    signed_tips: int


@dataclass(frozen=True, slots=True)
class Report:
    room: Side
    remote: Side
    present: Sequence[tuple[datetime, int, int]]
    rounds: Sequence[RoundFigures]
    bowls: Sequence[BowlFigures]
    tips: dict[str, int]  # by state
    writers: Sequence[tuple[str, int]]  # ("3", so many people wrote three)
    waiting: Waiting

    @property
    def joined(self) -> int:
        return self.room.joined + self.remote.joined

    @property
    def matched(self) -> int:
        return self.room.matched + self.remote.matched

    @property
    def share_matched(self) -> int | None:
        """Percent of those who joined, rounded down: "all" is said only of all."""
        return 100 * self.matched // self.joined if self.joined else None

    @property
    def connections(self) -> int:
        return sum(one.new for one in self.rounds)

    @property
    def repeats(self) -> int:
        return sum(one.repeats for one in self.rounds)

    @property
    def unavoidable(self) -> int:
        return sum(one.unavoidable for one in self.rounds)

    @property
    def told(self) -> int:
        return sum(one.told for one in self.bowls)

    @property
    def tips_written(self) -> int:
        return self.room.tips + self.remote.tips

    @property
    def most_present(self) -> int:
        return max((in_room + remote for _at, in_room, remote in self.present), default=0)


def report_of(event: Event) -> Report:
    """Without names. Who was removed, or asked to be forgotten, is not counted."""
    people = list(attendees_of(event))
    seated = set(Seat.objects.filter(round__event=event, round__undone_at=None).values_list("attendee_id", flat=True))
    met = {pk for pk, others in met_by(people).items() if others}
    tellers = Counter(told_slips(event).values_list("attendee_id", flat=True))
    tips = Tip.objects.filter(wall__segment__event=event).exclude(state=State.WITHDRAWN)
    written = Counter(tips.values_list("author_id", flat=True))

    def side(remote: bool) -> Side:
        here = {one.pk for one in people if one.remote is remote}
        return Side(
            joined=len(here),
            matched=len(here & seated),
            met=len(here & met),
            stories=sum(tellers[pk] for pk in here),
            tips=sum(written[pk] for pk in here),
        )

    return Report(
        room=side(remote=False),
        remote=side(remote=True),
        present=list(event.headcounts.values_list("at", "in_room", "remote")),
        rounds=round_figures(event),
        bowls=bowl_figures(event),
        tips=dict(Counter(tips.values_list("state", flat=True))),
        writers=by_count(written.values()),
        waiting=waiting(event),
    )


def round_figures(event: Event) -> list[RoundFigures]:
    """Rounds that were held, in their order; a pair is new in the round in which it first met."""
    found: dict[int, dict[int, set[int]]] = {}
    for round_pk, group, attendee in (
        found_seats().filter(round__event=event).values_list("round_id", "group_id", "attendee_id")
    ):
        found.setdefault(round_pk, {}).setdefault(group, set()).add(attendee)
    known: set[tuple[int, int]] = set()
    made = []
    for one in held_rounds(event):
        groups = found.get(one.pk, {}).values()
        pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
        made.append(
            RoundFigures(
                number=one.number,
                people=one.people,  # type: ignore[attr-defined]  # counted by the query
                groups=one.drawn,  # type: ignore[attr-defined]
                found=sum(1 for group in groups if len(group) > 1),
                new=len(pairs - known),
                repeats=one.repeats,
                unavoidable=one.unavoidable,
            )
        )
        known |= pairs
    return made


def held_rounds(event: Event) -> Iterable[Round]:
    return event.rounds.filter(undone_at=None).annotate(
        people=Count("seats__attendee", distinct=True), drawn=Count("seats__group", distinct=True)
    )


def bowl_figures(event: Event) -> list[BowlFigures]:
    def of(outcome: Draw.Outcome) -> Count:
        return Count("draws", filter=Q(draws__outcome=outcome))

    bowls = Bowl.objects.filter(segment__event=event).order_by("segment__position")
    counted = bowls.annotate(
        called=Count("draws", filter=~Q(draws__outcome=Draw.Outcome.UNDONE)),
        told=of(Draw.Outcome.TOLD),
        passed=of(Draw.Outcome.PASSED),
        no_show=of(Draw.Outcome.NO_SHOW),
    )
    rows = counted.values_list("segment__title", "called", "told", "passed", "no_show")
    return [BowlFigures(*row) for row in rows]


def told_slips(event: Event) -> QuerySet[Slip]:
    return Slip.objects.filter(bowl__segment__event=event, state=Slip.State.TOLD)


def waiting(event: Event) -> Waiting:
    """From the moment a tip was written to the first decision that somebody of the crew made about it."""
    first: dict[int, float] = {}
    made = Decision.objects.filter(wall__segment__event=event, verb__in=[Verb.APPROVE, Verb.DECLINE], by__isnull=False)
    for tip, at, written_at in (
        made.filter(tip__isnull=False).order_by("pk").values_list("tip", "at", "tip__written_at")
    ):
        first.setdefault(tip, (at - written_at).total_seconds())
    lengths = sorted(first.values())
    return Waiting(
        decided=len(lengths),
        pending=Tip.objects.filter(wall__segment__event=event, state=State.PENDING).count(),
        median=median(lengths) if lengths else None,
        p90=nearest_rank(lengths, 90),
    )


def nearest_rank(ascending: Sequence[float], percent: int) -> float | None:
    """The least value that at least so many percent do not exceed; None of nothing."""
    return ascending[max(ceil(len(ascending) * percent / 100), 1) - 1] if ascending else None


def by_count(counts: Iterable[int]) -> list[tuple[str, int]]:
    """How many people wrote one, two, … and `MANY` or more; a bar for each, empty ones too."""
    people = Counter(min(count, MANY) for count in counts)
    return [(f"{count}+" if count == MANY else str(count), people[count]) for count in range(1, MANY + 1)]


def members_of(event: Event) -> list[Member]:
    """By name. Of tips only signed ones are counted: how often somebody wrote without a name stays theirs."""
    people = list(attendees_of(event))
    met = met_by(people)
    seats = Seat.objects.filter(round__event=event, round__undone_at=None)
    rounds = Counter(seats.values_list("attendee_id", "round_id").distinct().values_list("attendee_id", flat=True))
    told = Counter(told_slips(event).values_list("attendee_id", flat=True))
    signed = Tip.objects.filter(wall__segment__event=event, signed=True).exclude(state=State.WITHDRAWN)
    tips = Counter(signed.values_list("author_id", flat=True))

    def member(one: Attendee) -> Member:
        return Member(one.shown_name, one.remote, rounds[one.pk], len(met[one.pk]), told[one.pk], tips[one.pk])

    return sorted(map(member, people), key=lambda one: normalize("NFD", one.name).casefold())
