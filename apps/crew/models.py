"""Who is asked onto a crew, who of it is here, and what it has done. No secret is here, and nothing attendees typed."""

from django.db import models
from django.db.models import Q

from apps.core.codes import new_id
from apps.events.models import Crew, Event


class Invitation(models.Model):
    """One person is asked to be crew; of the link's token only its SHA-256 is kept."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    role = models.CharField(max_length=10, choices=Crew.Role)
    # Where it was sent to, if it was sent by mail; whoever has the link can read what is sent there.
    mail = models.CharField(max_length=254, blank=True)
    # When a mail server took it; and when somebody last set about that, who may have died on the way.
    sent_at = models.DateTimeField(null=True)
    sending_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["host", "moderator"]), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="invitation_is_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Deed(models.Model):
    """Something the crew did. `about` has codes and public ids alone: who is forgotten is forgotten here as well."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deeds")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    by = models.ForeignKey(Crew, models.SET_NULL, null=True, related_name="+")
    deed = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event", "at", "public_id"])]

    def __str__(self) -> str:
        return self.deed


class Console(models.Model):
    """One of the crew has a console open, at one process of the server; gone when the last tab there closes."""

    member = models.ForeignKey(Crew, models.CASCADE, related_name="consoles")
    process = models.CharField(max_length=8)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "process"], name="console_is_one_per_process")]

    def __str__(self) -> str:
        return self.process
