"""Refusals that several rooms give, each in one wording; and what is added to one on its way up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from .refusal import Refusal


@contextmanager
def in_their_language() -> Iterator[None]:
    """What rules refuse in here, which know one language, is said in the reader's."""
    try:
        yield
    except Refusal as no:
        raise Refusal(no.code, _(no.message), status=no.status) from no


@contextmanager
def beside(field: str) -> Iterator[None]:
    """What is refused in here stands beside the input of this name, too."""
    try:
        yield
    except Refusal as no:
        raise Refusal(no.code, no.message, status=no.status, fields={field: [no.message]}) from no


def not_allowed() -> Refusal:
    return Refusal("not_allowed", _("You are not allowed to do this."), status=403)


def busy() -> Refusal:
    """Nothing was written, and the sender may try again."""
    return Refusal("busy", _("This could not be saved just now. Please try again."), status=503)
