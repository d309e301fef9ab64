"""The mails there are: an invitation, a link to sign in, one that makes a mailbox one's own, and a word to the old one.

Anybody may come to make events and invite strangers to them. So what others typed stands in a mail only as a name and a
title, both cut short, and there is an end to how many mails somebody sends in a day.
"""

from concurrent.futures import ThreadPoolExecutor
from email.utils import parseaddr
from smtplib import SMTPException
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, send_mail
from django.http import HttpRequest
from django.utils.encoding import punycode
from django.utils.translation import gettext as _
from sesame.utils import get_token

from apps.core.limits import MAIL_ACCOUNT, MAIL_SERVER, TITLE_GRAPHEMES, spend
from apps.core.refusal import Refusal
from apps.core.text import cut

from .models import Invitation

# One after the other, and none of them holds up an answer: its time would tell whether anybody has this address.
POSTMAN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")


class NotSent(Refusal):
    """`mail_not_sent` (409): the mail server did not take it."""

    def __init__(self) -> None:
        super().__init__("mail_not_sent", _("The mail could not be sent. Give them a link instead."))


def spend_for(account: User) -> None:
    """One mail of this account's; refuses `too_many_mails` (429)."""
    try:
        spend(MAIL_ACCOUNT, str(account.pk))
        spend(MAIL_SERVER, "")
    except Refusal as refusal:
        sentence = _("Enough mails were sent for today. Invite by a link instead, or wait until tomorrow.")
        raise Refusal("too_many_mails", sentence, status=429) from refusal


def send_invitation(invitation: Invitation, link: str) -> None:
    """Refuses `mail_not_sent` (409)."""
    title = cut(invitation.event.title, TITLE_GRAPHEMES)
    who = invitation.made_by.name if invitation.made_by else _("Somebody")
    said = {"who": who, "title": title, "link": link}
    if invitation.role == "host":
        asked = _("%(who)s asks you to host “%(title)s”.") % said
    else:
        asked = _("%(who)s asks you to moderate “%(title)s”.") % said
    works = _("This link works once, within seven days:")
    try:
        # One that has to be handed over again is the same mail, to a mailbox that looks.
        place = punycode(parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])
        headers = {"Message-ID": f"<{invitation.public_id}@{place}>"}
        EmailMessage(title, f"{asked}\n\n{works}\n{link}\n", None, [invitation.mail], headers=headers).send()
    except (SMTPException, OSError, ValueError) as error:  # the last: an address that no mail can be addressed to
        raise NotSent from error


def send_sign_in_link(user: User, site: str, onwards: str) -> None:
    """Soon, and without a word if it fails: whoever asked is told the same in any case."""
    link = f"{site}/sign-in/?{urlencode({'token': get_token(user), 'next': onwards})}"
    text = "\n".join((_("This link signs you in. It works once, within a day:"), link, ""))
    POSTMAN.submit(send_mail, _("Your link to sign in"), text, None, [user.email], fail_silently=True)


def send_mailbox_link(mail: str, token: str, site: str) -> None:
    """What makes this mailbox somebody's own; without a token, that it is somebody's already. As late as the other."""
    if token:
        asked = _("Somebody wants to sign in here with this mail address from now on.")
        works = _("If it is you, open this link in the browser in which you are signed in. It works within a day:")
        told, link = f"{asked} {works}", f"{site}/sign-in/mailbox/?{urlencode({'token': token})}"
    else:
        told = _("This mail address belongs to an account already. You can ask for a link to sign in to it:")
        link = f"{site}/sign-in/"
    POSTMAN.submit(send_mail, _("Your mail address"), f"{told}\n{link}\n", None, [mail], fail_silently=True)


def send_mailbox_notice(mail: str, site: str) -> None:
    """To the mailbox that there is, while it still is the account's: another one is to take its place."""
    asked = _("Somebody who is signed in as you wants to sign in here with another mail address from now on.")
    till = _("Until a link that is sent to that address is opened, this one counts.")
    stop = _("If it is not you, sign in and choose a new password: that link is worth nothing then.")
    text = f"{asked} {till} {stop}\n{site}/sign-in/\n"
    POSTMAN.submit(send_mail, _("Your mail address"), text, None, [mail], fail_silently=True)


def path_of(token: str) -> str:
    """Of an invitation's page; the token is no part of what a browser sends."""
    return f"/invitation/#{token}"


def site_of(request: HttpRequest) -> str:
    """The first of ORIGINS, which EMAIL_URL needs; the terminal's mails have the address that this request came to."""
    return str(settings.ORIGINS[0]) if settings.ORIGINS else f"{request.scheme}://{request.get_host()}"
