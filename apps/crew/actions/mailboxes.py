"""A mail address for an account that was made by a link, or another one: whoever reads it can sign in by mail."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal

from ..queries import account_of_mail
from .inviting import checked_mail, give_mailbox
from .passwords import refuse_wrong

SIGNER = signing.TimestampSigner(salt="crew.mailbox")
VALID = timedelta(days=1)


def ask_for_mailbox(account: User, *, mail: str, current: str = "") -> str:
    """The token that belongs into a mail to this address: whoever reads it, signed in as this account, may take it.

    "" where it is another account's already: that is told to who reads that mailbox, and to nobody else. Until it is
    taken, the address that the account has stays its own. Refuses `bad_mail`, `wrong_password` (400), `no_mail` (409).
    """
    account.refresh_from_db()
    mail = checked_mail(mail)
    if account.has_usable_password():
        refuse_wrong(account, current)
    return "" if account_of_mail(mail) else SIGNER.sign_object([account.pk, mail, ground_of(account)])


def mailbox_of(token: str, account: User) -> str:
    """The address that a token is for.

    Refuses `stale_link` (403): too old, cut off, another account's, or from before its password or address changed.
    """
    try:
        owner, mail, ground = SIGNER.unsign_object(token, max_age=VALID)
    except (signing.BadSignature, ValueError):
        owner, mail, ground = None, "", ""
    if owner != account.pk or (mail != account.email and ground != ground_of(account)):
        sentence = _("It is too old, or it is for another account than the one you are signed in with here.")
        raise Refusal("stale_link", sentence, status=403)
    return str(mail)


@transaction.atomic
def take_mailbox(account: User, token: str) -> str:
    """Links to sign in are sent there from now on; returns the address. Twice is once.

    Refuses `stale_link` (403) and `mail_taken` (409): it became another account's in the meantime.
    """
    held = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    mail = mailbox_of(token, held)
    if held.email != mail:
        give_mailbox(held, mail)
    return mail


def ground_of(account: User) -> str:
    """What a link was asked for upon: with another password or address it is worth nothing, as the mails say."""
    return salted_hmac("crew.mailbox", f"{account.email} {account.password}", algorithm="sha256").hexdigest()[:32]
