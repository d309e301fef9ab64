"""What the page before the evening has to know of screens that are connected to any process."""

from django.db import models

from apps.events.models import Event


class Preflight(models.Model):
    """When an event's stage was last heard from, and when somebody last looked whether all is well."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="preflight")
    stage_heard_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
