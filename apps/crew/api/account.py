"""The routes of one's own account."""

from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.core.limits import PASSWORD_ACCOUNT, SIGN_IN_MAIL, spend
from apps.events.api.asking import account
from apps.events.api.schema import route

from .. import actions, mailing
from ..serializers import Mailbox, Password


class PasswordView(View):
    @route(None, 400, 403, 429, status=204, body=Password, operation_id="password_set")
    def put(self, request: Request) -> HttpResponse:
        """Choose a password; other devices are signed out. `wrong_password` (400): it is not the one there is."""
        user = account(request)
        spend(PASSWORD_ACCOUNT, f"own:{user.pk}")
        given = read(Password, request)
        is_first = not user.has_usable_password()

        def keep() -> None:
            if is_first:
                # Under the same key: who did not hear the answer is still signed in, and may send it again.
                request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            else:
                # Whoever had this session besides is out as well.
                update_session_auth_hash(request._request, user)
            request.session.save()

        actions.set_password(user, keep=keep, **given)
        return HttpResponse(status=204)


class MailboxView(View):
    @route(None, 400, 403, 409, 429, status=204, body=Mailbox, key=True, operation_id="mailbox_ask")
    def post(self, request: Request) -> Response:
        """Have a link sent that makes this mail address one's own, instead of the one there is; that one is told.

        The answer is the same where the address is another account's: only its mailbox is told.
        """
        user = account(request)
        given = read(Mailbox, request)
        mail = given["mail"].strip()
        spend(PASSWORD_ACCOUNT, f"own:{user.pk}")
        spend(SIGN_IN_MAIL, f"own:{mail.lower()}")
        # Before the answer is kept: looking at a password takes long, and nobody else could write meanwhile.
        token = actions.ask_for_mailbox(user, **given)
        return self.send(request, user, mail, token)

    @idempotent
    def send(self, request: Request, user: User, mail: str, token: str) -> Response:
        site, present = mailing.site_of(request), user.email
        for _mail in filter(None, (mail, present)):
            mailing.spend_for(user)
        transaction.on_commit(lambda: mailing.send_mailbox_link(mail, token, site))
        if present:
            transaction.on_commit(lambda: mailing.send_mailbox_notice(present, site))
        return Response(status=204)
