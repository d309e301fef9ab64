"""The stage's address: signed, read-only, and worth nothing once another one is issued."""

from django.core import signing

from .models import Event

SIGNER = signing.Signer(salt="events.stage", sep=".")


def token(event: Event) -> str:
    """`CODE.STAGEID.SIGNATURE`."""
    return SIGNER.sign(f"{event.code}.{event.stage_id}")


def address(event: Event) -> str:
    return f"/stage/{token(event)}/"


def names(token: str) -> tuple[str, str] | None:
    """(code, stage id) of a token that we signed, else None."""
    try:
        code, _dot, stage_id = SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    return code, stage_id
