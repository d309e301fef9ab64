"""A mail address for an account that was made by a link and has none: whoever reads it can sign in by mail."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal

from ..queries import account_of_mail
from .inviting import checked_mail
from .passwords import refuse_wrong

SIGNER = signing.TimestampSigner(salt="crew.mailbox")
VALID = timedelta(days=1)


def ask_for_mailbox(account: User, *, mail: str, current: str = "") -> str:
    """The token that belongs into a mail to this address: whoever reads it, signed in as this account, may take it.

    "" where it is another account's already: that is told to who reads that mailbox, and to nobody else. Refuses
    `bad_mail`, `wrong_password` (400), `has_mail` and `no_mail` (409).
    """
    account.refresh_from_db()
    mail = checked_mail(mail)
    refuse_second(account)
    if account.has_usable_password():
        refuse_wrong(account, current)
    return "" if account_of_mail(mail) else SIGNER.sign_object([account.pk, mail])


def mailbox_of(token: str, account: User) -> str:
    """The address that a token is for; refuses `stale_link` (403): too old, cut off, or another account's."""
    try:
        owner, mail = SIGNER.unsign_object(token, max_age=VALID)
    except (signing.BadSignature, ValueError):
        owner, mail = None, ""
    if owner != account.pk:
        sentence = _("It is too old, or it is for another account than the one you are signed in with here.")
        raise Refusal("stale_link", sentence, status=403)
    return str(mail)


@transaction.atomic
def take_mailbox(account: User, token: str) -> str:
    """Links to sign in are sent there from now on; returns the address. Twice is once.

    Refuses `stale_link` (403), `has_mail` and `mail_taken` (409): it became another account's in the meantime.
    """
    mail = mailbox_of(token, account)
    held = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    if held.email == mail:
        return mail
    refuse_second(held)
    if account_of_mail(mail):
        raise Refusal("mail_taken", _("This mail address belongs to another account already."))
    User.objects.filter(pk=held.pk).update(email=mail)
    return mail


def refuse_second(account: User) -> None:
    if account.email:
        raise Refusal("has_mail", _("Your account has a mail address already."))
