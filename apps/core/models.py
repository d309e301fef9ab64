"""Small tables that every app leans on: answers already given, how much somebody may still do, and what is due."""

from django.db import models


class Answer(models.Model):
    """The stored answer to one idempotency key of one owner; written in the transaction of the write itself."""

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key


class Bucket(models.Model):
    """A token bucket: what one owner has left of one limit, refilled as time goes by."""

    name = models.CharField(max_length=120, unique=True)
    tokens = models.FloatField()
    refilled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Errand(models.Model):
    """Something to be done once by one of the processes, from `due_at` on; see `errands.py`."""

    name = models.CharField(max_length=40, unique=True)
    due_at = models.DateTimeField(null=True)
    # Nobody else begins it before: one is at it, or it has failed and rests.
    held_until = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
