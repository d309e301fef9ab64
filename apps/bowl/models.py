"""Names on slips, and the draws that took them out. A draw is a record: its outcome may change, it is never deleted."""

from django.db import models
from django.db.models import Q

from apps.core.codes import new_id
from apps.events.models import Attendee, Crew, Segment

from .drawing import new_salt, new_seed

NAME_POINTS = 420
TEASER_POINTS = 1600
TITLE_POINTS = 800
BEACON_POINTS = 1000


class Bowl(models.Model):
    """One open-mic segment's bowl. `seed` is secret until `revealed_at`; its commitment is public from the start."""

    segment = models.OneToOneField(Segment, models.CASCADE, related_name="bowl")
    seed = models.CharField(max_length=64, default=new_seed)
    commitment = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revealed_at=None) | Q(closed_at__isnull=False), name="bowl_is_closed_before_it_is_revealed"
            )
        ]


class Slip(models.Model):
    """One name. `returned` marks one that was called and put back: it waits until the others have been drawn."""

    class State(models.TextChoices):
        IN = "in"
        CALLED = "called"
        TOLD = "told"
        OUT = "out"

    bowl = models.ForeignKey(Bowl, models.CASCADE, related_name="slips")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    attendee = models.ForeignKey(Attendee, models.SET_NULL, null=True, related_name="slips")
    name = models.CharField(max_length=NAME_POINTS)
    remote = models.BooleanField(default=False)
    teaser = models.CharField(max_length=TEASER_POINTS, blank=True)
    # Of the story, once told: whoever gives one agrees that it is kept beside their name.
    title = models.CharField(max_length=TITLE_POINTS, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=6, choices=State, default=State.IN)
    returned = models.BooleanField(default=False)
    put_in_at = models.DateTimeField()

    class Meta:
        ordering = ["put_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bowl", "attendee"], condition=~Q(state="out"), name="slip_is_one_per_attendee_and_bowl"
            ),
            models.UniqueConstraint(fields=["bowl", "digest"], name="slip_digest_is_its_own"),
            models.UniqueConstraint(fields=["bowl"], condition=Q(state="called"), name="slip_called_is_one"),
        ]


class Frozen(models.Model):
    """The list of the next draw, told before a value from the room decides; it goes once it has been drawn from."""

    bowl = models.OneToOneField(Bowl, models.CASCADE, related_name="frozen")
    number = models.PositiveIntegerField()
    digests = models.JSONField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()


class Stir(models.Model):
    """One digit from one phone; who gave it is kept only until the draw."""

    frozen = models.ForeignKey(Frozen, models.CASCADE, related_name="stirs")
    attendee = models.ForeignKey(Attendee, models.SET_NULL, null=True, related_name="+")
    digit = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["frozen", "attendee"], name="stir_is_one_per_attendee"),
            models.CheckConstraint(condition=Q(digit__lte=9), name="stir_is_a_digit"),
        ]


class Draw(models.Model):
    """Taking one slip out: the list it was taken from, and what came of it."""

    class Outcome(models.TextChoices):
        CALLED = "called"
        SPEAKING = "speaking"
        TOLD = "told"
        PASSED = "passed"
        NO_SHOW = "no_show"
        UNDONE = "undone"
        WITHDRAWN = "withdrawn"

    bowl = models.ForeignKey(Bowl, models.CASCADE, related_name="draws")
    number = models.PositiveIntegerField()
    slip = models.ForeignKey(Slip, models.CASCADE, related_name="draws")
    at = models.DateTimeField()
    list_hash = models.CharField(max_length=64)
    digests = models.JSONField()
    beacon = models.CharField(max_length=BEACON_POINTS, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.CALLED)
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            # Two hosts who draw at once draw the same number, and one of them is told so.
            models.UniqueConstraint(fields=["bowl", "number"], name="draw_number_is_taken_once"),
            models.UniqueConstraint(fields=["bowl"], condition=Q(outcome="called"), name="draw_called_is_one"),
            models.UniqueConstraint(fields=["bowl"], condition=Q(outcome="speaking"), name="draw_speaking_is_one"),
        ]


class Turn(models.Model):
    """A drawn person's story time; see `turns.py` for its rules."""

    draw = models.OneToOneField(Draw, models.CASCADE, related_name="turn")
    length_seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
