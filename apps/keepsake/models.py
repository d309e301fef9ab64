"""What taking home needs of its own: an address for those who were not there, and how many were here, by the minute."""

import secrets

from django.db import models

from apps.events.models import Event


def new_token() -> str:
    return secrets.token_urlsafe(24)  # 192 random bits: nobody finds it by trying


class PublicLink(models.Model):
    """The address of an event's public keepsake, while there is one."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="public_link")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    made_at = models.DateTimeField(auto_now_add=True)


class Headcount(models.Model):
    """How many were present at a full minute of a running event. Numbers only, nobody's trace."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="headcounts")
    at = models.DateTimeField()
    in_room = models.PositiveIntegerField()
    remote = models.PositiveIntegerField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["event", "at"], name="headcount_is_one_per_minute")]
