"""One event is an island: everything hangs on it, and what must never happen is refused by the database itself."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from apps.core.codes import new_id, new_join_code

from . import retention
from .kinds import PALETTES
from .names import FREE, POLICIES, shown
from .retention import KEEP_DAYS, MOST_KEEP_DAYS
from .rules import Verb

NAME_POINTS = 400  # code points behind at most 40 visible characters


def new_salt() -> str:
    return secrets.token_hex(32)


class Event(models.Model):
    """One gathering: its words, and what is *now*. `step` counts moves; every press says at which it was meant."""

    code = models.CharField(max_length=5, unique=True, default=new_join_code)
    # Devices are hashed with this: the same phone at two events cannot be told to be the same.
    device_salt = models.CharField(max_length=64, default=new_salt)

    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    hosts = models.JSONField(default=list)
    about = models.JSONField(default=dict)
    language = models.CharField(max_length=35, default="en")
    timezone = models.CharField(max_length=64, blank=True)
    starts_on = models.DateField(null=True)
    starts_at_local = models.CharField(max_length=5, blank=True)
    ends_at_local = models.CharField(max_length=5, blank=True)
    keep_days = models.PositiveSmallIntegerField(default=KEEP_DAYS)
    palette = models.CharField(max_length=10, choices=[(one, one) for one in PALETTES], default=PALETTES[0])
    # `logo.told`, or null; its bytes are in `Logo`.
    logo = models.JSONField(null=True)
    # Whom the door lets in under which name; see `names.py`.
    names = models.CharField(max_length=10, choices=[(one, one) for one in POLICIES], default=FREE)
    # Counts edits of all of the above and of the segments; whoever saves one says which version they looked at.
    programme_version = models.PositiveIntegerField(default=1)
    programme_edited_by = models.ForeignKey("Crew", models.SET_NULL, null=True, related_name="+")
    programme_edited_at = models.DateTimeField(null=True)

    # The id of the rehearsal that this is a copy for; "" of what is meant for people. A copy is in no list.
    rehearsal = models.CharField(max_length=12, blank=True, db_index=True)
    # On the public list, and for search engines to find.
    listed = models.BooleanField(default=False)
    # Put away: in no list, and nothing about it changes any more until it is taken out again.
    archived_at = models.DateTimeField(null=True)

    step = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    segment = models.ForeignKey("Segment", models.RESTRICT, null=True, related_name="+")
    prompt = models.ForeignKey("Prompt", models.RESTRICT, null=True, related_name="+")
    segment_entered_at = models.DateTimeField(null=True)
    segment_ends_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    prompt_shown_at = models.DateTimeField(null=True)
    blanked = models.BooleanField(default=False)
    joining_open = models.BooleanField(default=True)

    # The stage's address names this; another id is another address, and the old one is worth nothing.
    stage_id = models.CharField(max_length=12, unique=True, default=new_id)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("code"), 5), name="event_code_has_five_letters"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False), name="event_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=False, ended_at=None, segment__isnull=False)
                | Q(started_at=None, segment=None)
                | Q(ended_at__isnull=False, segment=None),
                name="event_has_a_segment_while_live",
            ),
            models.CheckConstraint(
                condition=Q(
                    segment=None,
                    prompt=None,
                    segment_entered_at=None,
                    segment_ends_at=None,
                    paused_at=None,
                    prompt_shown_at=None,
                )
                | Q(segment__isnull=False, segment_entered_at__isnull=False),
                name="event_without_segment_has_no_clock",
            ),
            models.CheckConstraint(
                condition=Q(prompt=None, prompt_shown_at=None) | Q(prompt__isnull=False, prompt_shown_at__isnull=False),
                name="event_prompt_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(keep_days__gte=1, keep_days__lte=MOST_KEEP_DAYS), name="event_is_kept_for_a_year_at_most"
            ),
            models.CheckConstraint(condition=Q(palette__in=PALETTES), name="event_palette_is_known"),
            models.CheckConstraint(condition=Q(names__in=POLICIES), name="event_name_policy_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def erased_on(self) -> date | None:
        """The day on which all of it is erased, if that is known already; see `retention.py`."""
        return retention.erased_on(
            starts_on=self.starts_on,
            created_at=self.created_at,
            started_at=self.started_at,
            timezone=self.timezone,
            keep_days=self.keep_days,
        )


class Logo(models.Model):
    """The picture itself, WebP; a row of its own, for nearly everybody who reads the event needs only its address."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="logo_file")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{len(self.data)} bytes"


class Segment(models.Model):
    """One stretch of the programme. `entered_at` and `left_at` are the actual times of its latest turn."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="segments")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    starts_at_local = models.CharField(max_length=5, blank=True)
    instructions = models.TextField(blank=True)
    headline = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    options = models.JSONField(default=dict)
    entered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="segment_place_is_taken_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(entered_at__isnull=False, left_at=None), name="segment_current_is_one"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("entered_at")), name="segment_left_after_entered"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Prompt(models.Model):
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="prompts")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["segment", "position"], name="prompt_place_is_taken_once")]

    def __str__(self) -> str:
        return self.text


class Attendee(models.Model):
    """A person at one event, known by a device and no account.

    `name` is what was typed (cleaned), `name_key` what is alike in it, `shown_key` what is alike in the name with
    its number: two people never show the same name.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendees")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    name = models.CharField(max_length=NAME_POINTS)
    name_number = models.PositiveIntegerField(default=1)
    name_key = models.CharField(max_length=64)
    shown_key = models.CharField(max_length=64)
    remote = models.BooleanField(default=False)
    spot = models.CharField(max_length=2 * NAME_POINTS, blank=True)
    device_hash = models.CharField(max_length=64)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    # When a socket of theirs was last heard from; whoever never said hello is nowhere, however they joined.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "device_hash"], name="attendee_is_one_per_device"),
            models.UniqueConstraint(fields=["event", "shown_key"], name="attendee_shows_a_name_of_their_own"),
            models.CheckConstraint(
                condition=~Q(name="") | Q(removed_at__isnull=False), name="attendee_has_a_name_until_removed"
            ),
            models.CheckConstraint(condition=Q(name_number__gte=1), name="attendee_number_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["event", "name_key", "name_number"]),
            models.Index(fields=["event", "seen_at"]),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return shown(self.name, self.name_number)


class Crew(models.Model):
    """A host or moderator of one event; the account behind may be crew of others too."""

    class Role(models.TextChoices):
        HOST = "host"
        MODERATOR = "moderator"

    event = models.ForeignKey(Event, models.CASCADE, related_name="crew")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="crew_of")
    role = models.CharField(max_length=10, choices=Role)
    name = models.CharField(max_length=NAME_POINTS)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A revoked member who is asked back is a new member: the old one's stream stays closed.
            models.UniqueConstraint(
                fields=["event", "user"], condition=Q(revoked_at=None), name="crew_is_one_per_account"
            ),
            models.CheckConstraint(condition=Q(role__in=["host", "moderator"]), name="crew_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Move(models.Model):
    """One press that changed *now*, at the step it led to; `before` and `after` are whole states, so undo is exact."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="moves")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    step = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=[(verb.value, verb.value) for verb in Verb])
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["event", "step"], name="move_is_one_per_step"),
            models.CheckConstraint(condition=Q(verb__in=[verb.value for verb in Verb]), name="move_verb_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.verb}"
