"""What the page before the evening has to know: screens that are connected to any process, and how a rehearsal goes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.core.codes import new_id
from apps.events.models import Crew, Event


class Preflight(models.Model):
    """When an event's stage was last heard from, and when somebody last looked whether all is well."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="preflight")
    stage_heard_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)


class Rehearsal(models.Model):
    """The latest rehearsal that a host of the event asked for: how far it is, and what was found.

    Counts, kinds and times only: nothing that was typed, nobody's name, and no code of its copies, which are the events
    that say this `public_id` of themselves.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        RUNNING = "running"
        ENDED = "ended"
        STOPPED = "stopped"
        FAILED = "failed"
        CUT_OFF = "cut_off"

    event = models.OneToOneField(Event, models.CASCADE, related_name="latest_rehearsal")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    people = models.PositiveSmallIntegerField(validators=[MinValueValidator(2), MaxValueValidator(200)])
    speed = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1500)])
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    stop_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    # When its process last said how it goes.
    heard_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    part = models.FloatField(default=0)
    # Which one of the programme it is at, from 1; 0 before the start, -1 once it looks at everything.
    segment = models.SmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "running", "ended", "stopped", "failed", "cut_off"]),
                name="rehearsal_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "running"], ended_at=None)
                | ~models.Q(state__in=["asked", "running"]) & models.Q(ended_at__isnull=False),
                name="rehearsal_has_ended_or_goes_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"
