"""A stream is a set of keyed documents with a counter: a compacted log, so that any gap can be resumed."""

import secrets

from django.db import models


def new_epoch() -> str:
    """Random text that tells one life of a stream from another; versions of two epochs are not comparable."""
    return secrets.token_hex(4)


class Stream(models.Model):
    """What one audience hears. Its row is the counter, taken last in a write, so version order is commit order."""

    name = models.CharField(max_length=100, unique=True)
    scope = models.CharField(max_length=20, db_index=True)
    epoch = models.CharField(max_length=16, default=new_epoch)
    version = models.PositiveBigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.version}"


class Document(models.Model):
    """The latest state of one key: ready JSON text, or NULL once removed (so that the text is gone from storage)."""

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="documents", db_index=False)
    key = models.CharField(max_length=100)
    version = models.PositiveBigIntegerField()
    because = models.CharField(max_length=60)
    body = models.TextField(null=True)  # noqa: DJ001 - NULL and empty differ: JSON is never empty

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "key"], name="one_document_per_key")]
        indexes = [models.Index(fields=["stream", "version"], name="documents_since")]

    def __str__(self) -> str:
        return f"{self.key} at {self.version}"
