"""Rounds, the groups in them, and who sat where: also the memory of who has met."""

from django.db import models
from django.db.models import F, Q

from apps.core.codes import new_id
from apps.events.models import Attendee, Crew, Event, Prompt, Segment


class Round(models.Model):
    """One drawing-up of groups. `seed`, `roster` and `history_digest` make it reproducible; an undone one never was."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rounds")
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="rounds")
    prompt = models.ForeignKey(Prompt, models.SET_NULL, null=True, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    smallest = models.PositiveSmallIntegerField()
    largest = models.PositiveSmallIntegerField()
    mix_sides = models.BooleanField(default=False)
    names_shown = models.BooleanField(default=False)

    seed = models.CharField(max_length=64)
    algorithm = models.PositiveSmallIntegerField()
    roster = models.JSONField()
    history_digest = models.CharField(max_length=64)
    plans = models.JSONField(default=list)
    repeats = models.PositiveIntegerField(default=0)
    unavoidable = models.PositiveIntegerField(default=0)
    reports = models.JSONField(default=list)
    # Public ids of those who are here and have no group yet; and how many fresh rounds are left, once worked out.
    waiting = models.JSONField(default=list)
    outlook = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="round_number_is_taken_once"),
            models.UniqueConstraint(fields=["event"], condition=Q(closed_at=None), name="round_open_is_one"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(closed_at__isnull=False), name="round_undone_is_closed"
            ),
        ]


class Group(models.Model):
    """Two or three people in a round; `fixed` is one that a host has set by hand."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    number = models.PositiveIntegerField()
    link = models.CharField(max_length=400, blank=True)
    fixed = models.BooleanField(default=False)

    # Every seat there was, with its attendee; set by `queries.groups_of`.
    everyone: list["Seat"]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="group_number_is_taken_once")]


class Seat(models.Model):
    """One attendee's place in a group, until `left_at`; at `found_at` the group said that they found each other."""

    class Why(models.TextChoices):
        LEFT = "left"
        SILENT = "silent"
        ABSENT = "absent"
        SITTING_OUT = "sitting_out"
        MOVED = "moved"

    round = models.ForeignKey(Round, models.CASCADE, related_name="seats")
    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="seats")
    seated_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    found_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    why_left = models.CharField(max_length=11, choices=Why, blank=True)

    class Meta:
        ordering = ["seated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "attendee"], condition=Q(left_at=None), name="seat_is_one_per_attendee_and_round"
            )
        ]


class Acquaintance(models.Model):
    """“We already know each other”, said by `giver` of `other`; seen by the giver alone, avoided like a meeting."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    giver = models.ForeignKey(Attendee, models.CASCADE, related_name="acquaintances")
    other = models.ForeignKey(Attendee, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giver", "other"], name="acquaintance_is_said_once"),
            models.CheckConstraint(condition=~Q(giver=F("other")), name="acquaintance_is_of_somebody_else"),
        ]


class SittingOut(models.Model):
    """Somebody who is here and is not matched: by their own wish, or because their group did not find them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    attendee = models.OneToOneField(Attendee, models.CASCADE, related_name="sitting_out")
    since = models.DateTimeField()
    not_found = models.BooleanField(default=False)
