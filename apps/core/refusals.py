"""Refusals that several rooms give, each in one wording."""

from django.utils.translation import gettext as _

from .refusal import Refusal


def not_allowed() -> Refusal:
    return Refusal("not_allowed", _("You are not allowed to do this."), status=403)


def busy() -> Refusal:
    """Nothing was written, and the sender may try again."""
    return Refusal("busy", _("This could not be saved just now. Please try again."), status=503)
