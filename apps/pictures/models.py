"""Pictures of an evening: who sent them, what the crew decided, and the files that were drawn anew from them."""

import secrets

from django.db import models
from django.db.models import Q

from apps.core.codes import new_id
from apps.events.models import NAME_POINTS, Attendee, Crew, Event

from .rules import State, Verb

FOLDER = "pictures"
CAPTION_POINTS = 800


def random_name(picture: "Picture", given: str) -> str:
    """Says nothing of the event, of who sent it, or of its other size. 128 random bits."""
    return f"{FOLDER}/{secrets.token_hex(16)}.jpg"


class Picture(models.Model):
    """One picture in two sizes. Sent by an attendee or by one of the crew; a deleted one has no files and no words."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="pictures")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    author = models.ForeignKey(Attendee, models.CASCADE, null=True, related_name="pictures")
    author_crew = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=NAME_POINTS)
    signed = models.BooleanField()
    caption = models.CharField(max_length=CAPTION_POINTS, blank=True)
    # Of the large one, in pixels.
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    large = models.FileField(upload_to=random_name, blank=True)
    small = models.FileField(upload_to=random_name, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    reason = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    # Whoever sent it said at this instant that everybody in it agrees.
    sent_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    # The last decision, which may be undone.
    verb = models.CharField(max_length=10, blank=True, choices=[(verb.value, verb.value) for verb in Verb])
    decided_by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    before = models.CharField(max_length=10, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="picture_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="deleted", large="", small="", caption="") | (~Q(large="") & ~Q(small="")),
                name="picture_has_files_until_deleted",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False), name="picture_approved_at"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="picture_declined_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return self.public_id
