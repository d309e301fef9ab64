"""Sticky notes, who decided what about them, and the themes they gather under."""

from typing import Any

from django.db import models
from django.db.models import Q

from apps.core.codes import new_id
from apps.events.models import NAME_POINTS, Attendee, Crew, Segment

from .moderation import State, Verb

THEME_POINTS = 400
COLOURS = ("sun", "leaf", "coral", "sky", "violet", "rose", "sea", "sand")


def nothing_suggested() -> dict[str, Any]:
    return {"groups": [], "guesses": {}, "duplicates": []}


class Wall(models.Model):
    """One group exercise's wall. `votes` and `suggestions` are as last told; `*_stale`: they are to be redone."""

    segment = models.OneToOneField(Segment, models.CASCADE, related_name="wall")
    opened_at = models.DateTimeField()
    revealed = models.BooleanField(default=True)
    moderated = models.BooleanField(default=True)
    themes_on_stage = models.BooleanField(default=False)
    votes = models.JSONField(default=dict)
    votes_stale = models.BooleanField(default=False)
    suggestions = models.JSONField(default=nothing_suggested)
    suggestions_stale = models.BooleanField(default=False)
    suggested_at = models.DateTimeField(null=True)


class Theme(models.Model):
    """A heading. `quoted`: its name is in the words of tips, typed by nobody; `needs_name`: such a name had to go."""

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="themes")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    name = models.CharField(max_length=THEME_POINTS)
    name_key = models.CharField(max_length=THEME_POINTS)
    colour = models.CharField(max_length=6, choices=[(colour, colour) for colour in COLOURS])
    position = models.PositiveIntegerField()
    quoted = models.BooleanField(default=False)
    needs_name = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wall", "name_key"], name="theme_has_a_name_of_its_own"),
            models.CheckConstraint(condition=Q(colour__in=COLOURS), name="theme_colour_is_known"),
        ]


class Tip(models.Model):
    """One note. `original` is what its author wrote, once the crew reworded it; a withdrawn one has no words."""

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="tips")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    author = models.ForeignKey(Attendee, models.CASCADE, related_name="tips")
    author_name = models.CharField(max_length=NAME_POINTS)
    signed = models.BooleanField()
    text = models.TextField(blank=True)
    original = models.TextField(blank=True)
    flags = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    reason = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    pinned = models.BooleanField(default=False)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="tips")
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="tip_state_is_known"),
            models.CheckConstraint(condition=~Q(text="") | Q(state="withdrawn"), name="tip_has_words_until_withdrawn"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False), name="tip_approved_at"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="tip_declined_for_a_reason"),
        ]
        indexes = [models.Index(fields=["wall", "state"])]


class Vote(models.Model):
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="votes")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="votes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tip", "attendee"], name="vote_is_one_per_attendee_and_tip")]


class Claim(models.Model):
    """A card somebody of the crew has open until an instant; past it, the row means nothing."""

    tip = models.OneToOneField(Tip, models.CASCADE, related_name="claim")
    by = models.ForeignKey(Crew, models.CASCADE, related_name="+")
    until = models.DateTimeField()


class Decision(models.Model):
    """One line of the log: kept without the tip's words when its author is erased."""

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="decisions")
    tip = models.ForeignKey(Tip, models.SET_NULL, null=True, related_name="decisions")
    tip_public_id = models.CharField(max_length=12)
    verb = models.CharField(max_length=10, choices=[(verb.value, verb.value) for verb in Verb])
    # None: the author, or a rule.
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=20, blank=True)
    # Of themes, by id, whose names went with the tip: they come back if this is undone.
    names = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]


class RefusedSuggestion(models.Model):
    """What a moderator did not want to be suggested again; `key` says the same in one text."""

    class Kind(models.TextChoices):
        GROUP = "group"
        GUESS = "guess"
        PAIR = "pair"

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="refused")
    kind = models.CharField(max_length=5, choices=Kind)
    tips = models.JSONField()
    theme = models.CharField(max_length=12, blank=True)
    key = models.CharField(max_length=64)
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wall", "key"], name="suggestion_is_refused_once")]
