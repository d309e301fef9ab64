"""From a programme to an event, and back."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.core.codes import JOIN_LENGTH, JOIN_LETTERS, new_join_code, normal_code
from apps.core.limits import EVENTS_PER_ACCOUNT
from apps.core.refusal import Refusal
from apps.core.refusals import not_allowed
from apps.live import publish, streams
from apps.live import queries as live

from .. import logo, queries, signals
from ..models import Crew, Event, Logo, Prompt, Segment
from ..programme import Programme, changed, options_of
from . import crewing
from .rights import hold

# With a thousand events among 3.2 million codes one try in 3,200 meets a taken one.
TRIES = 20
WORDS = (
    *("title", "subtitle", "hosts", "about", "language", "timezone", "starts_at_local", "ends_at_local"),
    *("keep_days", "palette", "names"),
)
SEGMENT_WORDS = ("kind", "title", "minutes", "starts_at_local", "instructions", "headline", "goal")


def create_event(programme: Programme, code: str | None = None) -> Event:
    """A new event from a checked programme, under this code or a random one.

    Refuses `bad_code` (400) and `code_taken` (409).
    """
    if code is not None:
        return try_create(programme, checked_code(code))
    for _try in range(TRIES):
        try:
            return try_create(programme, new_join_code())
        except Refusal:
            continue
    raise Refusal("no_code", _("There is no free code."))


@transaction.atomic
def try_create(programme: Programme, code: str) -> Event:
    if live.was_erased(code):
        raise Refusal("code_taken", _("An event with this code was erased just now. Please wait until tomorrow."))
    try:
        with transaction.atomic():
            event = Event.objects.create(code=code, **event_columns(programme))
    except IntegrityError as error:
        raise Refusal("code_taken", _("There is an event with this code already.")) from error
    keep_logo(event, programme)
    add_segments(event, programme)
    announce("event.created", event)
    return event


@transaction.atomic
def host_event(programme: Programme, user: User) -> Event:
    """A new event whose host is this account, under the name it had last.

    Any account may, unless every crew it was on has revoked it. Refuses `not_allowed` (403), `too_many_events` (409)
    and what `create_event` refuses.
    """
    # One at a time for each account, so that the limit is one.
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    places = list(Crew.objects.filter(user=user).order_by("-pk"))
    if places and all(place.revoked_at for place in places):
        raise not_allowed()
    hosted = Event.objects.filter(
        archived_at=None, rehearsal="", crew__user=user, crew__role=Crew.Role.HOST, crew__revoked_at=None
    )
    if hosted.count() >= EVENTS_PER_ACCOUNT:
        sentence = _("You host %(count)d events already. Archive or delete some of them first.")
        raise Refusal("too_many_events", sentence % {"count": EVENTS_PER_ACCOUNT})
    event = create_event(programme)
    name = places[0].name if places else user.get_username()
    member = Crew.objects.create(event=event, user=user, role=Crew.Role.HOST, name=name)
    crewing.acted(event, member, "create_event")
    crewing.announce("member.joined", member)
    return event


@transaction.atomic
def duplicate(event: Event, *, by: Crew, **changes: str) -> Event:
    """A new event with this one's programme and nobody's words or names but `by`, its host.

    Refuses `not_allowed` (403) and what `host_event` refuses.
    """
    hold(event, by, "duplicate_event")
    made = host_event(changed(programme_of(event), changes), by.user)
    crewing.acted(event, by, "duplicate_event", code=made.code)
    return made


@transaction.atomic
def copy_for_rehearsal(event: Event, rehearsal: str, *, by: Crew) -> Event:
    """A duplicate that simulated people have to themselves: in no list, and nothing of `event` says that it was made.

    `rehearsal` is what it is found again by. Refuses as `duplicate` does.
    """
    hold(event, by, "rehearse")
    copy = host_event(programme_of(event), by.user)
    copy.rehearsal = rehearsal
    copy.save(update_fields=["rehearsal"])
    signals.event_copied.send(Event, copy=copy)
    return copy


@transaction.atomic
def replace_programme(event: Event, programme: Programme) -> Event:
    """Another programme for an event that has not started; who joined stays. Refuses `already_started` (409)."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if event.started_at:
        raise Refusal("already_started", _("The event has started; its programme stays as it is."))
    columns = programme_columns(programme)
    # A start pressed with the old programme in view does not fit the new one.
    columns |= {"step": event.step + 1, "programme_version": event.programme_version + 1}
    for name, value in columns.items():
        setattr(event, name, value)
    event.save(update_fields=list(columns))
    keep_logo(event, programme)
    event.segments.all().delete()
    add_segments(event, programme)
    announce("programme.replaced", event)
    return event


def programme_of(event: Event) -> Programme:
    """The programme as a file would say it: what is empty is left out."""
    programme: Programme = {name: value for name in WORDS if (value := getattr(event, name))}
    if event.starts_on:
        programme["starts_on"] = event.starts_on.isoformat()
    if event.logo:
        programme["logo"] = {"alt": event.logo["alt"], "data": kept_logo(event, event.logo).text}
    programme["segments"] = [
        {
            **{name: value for name in SEGMENT_WORDS if (value := getattr(segment, name)) or name == "minutes"},
            **segment.options,
            **({"prompts": texts} if (texts := [prompt.text for prompt in segment.prompts.all()]) else {}),
        }
        for segment in queries.segments_of(event)
    ]
    return programme


def programme_columns(programme: Programme) -> dict[str, object]:
    """All columns that a programme says, also those that it leaves out."""
    defaults = Event()
    return {name: getattr(defaults, name) for name in (*WORDS, "starts_on", "logo")} | event_columns(programme)


def event_columns(programme: Programme) -> dict[str, object]:
    columns = {name: programme[name] for name in WORDS if name in programme}
    if day := programme.get("starts_on"):
        columns["starts_on"] = date.fromisoformat(day)
    if given := programme.get("logo"):
        columns["logo"] = logo.told(given["alt"], logo.read(given["data"]))
    return columns


def kept_logo(event: Event, told: dict[str, Any]) -> logo.Drawn:
    shape = {name: told[name] for name in ("width", "height", "ground")}
    return logo.remember(logo.Drawn(queries.logo_bytes(event), **shape))


def keep_logo(event: Event, programme: Programme) -> None:
    """The bytes of what its columns tell."""
    if given := programme.get("logo"):
        Logo.objects.update_or_create(event=event, defaults={"data": logo.read(given["data"]).data})
    else:
        Logo.objects.filter(event=event).delete()


def add_segments(event: Event, programme: Programme) -> None:
    for position, given in enumerate(programme["segments"], start=1):
        segment = Segment.objects.create(
            event=event,
            position=position,
            **{name: given[name] for name in SEGMENT_WORDS if name in given},
            options=options_of(given),
        )
        Prompt.objects.bulk_create(
            Prompt(segment=segment, position=place, text=text)
            for place, text in enumerate(given.get("prompts", []), start=1)
        )


def announce(because: str, event: Event) -> None:
    segments = queries.segments_of(event)
    publish.publish_each(
        because,
        {
            streams.public(event.code): queries.public_documents(event, segments),
            streams.crew(event.code): queries.crew_documents(event, segments),
        },
    )


def checked_code(typed: str) -> str:
    code = normal_code(typed)
    if len(code) != JOIN_LENGTH or not set(code) <= set(JOIN_LETTERS):
        sentence = _("A code has %(length)d letters of %(letters)s.")
        raise Refusal("bad_code", sentence % {"length": JOIN_LENGTH, "letters": JOIN_LETTERS}, status=400)
    return code
