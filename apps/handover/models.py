"""Moves from one phone to another: the one somebody offers, and those that were taken."""

import secrets

from django.db import models
from django.db.models import Q

from apps.events.models import Attendee, Event


def new_seed() -> str:
    return secrets.token_hex(16)


class Handover(models.Model):
    """One offer of an attendee. The words are no column: they follow from `seed` and this installation's secret.

    Once used, it remembers the phone that was left (`left_hash`, as `Attendee.device_hash`), so that it can be told.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="handovers")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="handovers")
    seed = models.CharField(max_length=32, default=new_seed)
    words_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    # Whose stored answers those of the offering phone are (`core.api.device_of`): they may hold what was typed there.
    answers_of = models.CharField(max_length=80)
    used_at = models.DateTimeField(null=True)
    left_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attendee"], condition=Q(used_at=None), name="handover_is_offered_once"),
            models.UniqueConstraint(fields=["event", "words_hash"], name="handover_has_words_of_its_own"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=False) | Q(left_hash=""), name="handover_leaves_a_phone_when_used"
            ),
        ]
        indexes = [models.Index(fields=["event", "left_hash"])]
