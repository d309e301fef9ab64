"""Routes of invitations, for hosts and for who holds a link."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import idempotency
from apps.core.address import address_of
from apps.core.api import View, account_of, idempotent, idempotent_for_device, key_of, read
from apps.core.limits import INVITE, SIGN_IN, spend
from apps.core.refusal import Refusal
from apps.core.refusals import busy
from apps.events.api.asking import crew
from apps.events.api.schema import route
from apps.events.models import Crew, Event

from .. import actions, documents, mailing, queries
from ..models import Invitation
from ..serializers import Accepted, AcceptingInvitation, Asked, Invitations, Invited, Inviting, Token


class InvitationsView(View):
    @route(Invitations, 403, 404, operation_id="invitations")
    def get(self, request: Request, code: str) -> Response:
        """Those that can still be accepted."""
        event, _member = crew(request, code, "run_crew")
        return Response({"invitations": [documents.invitation(one) for one in queries.open_invitations(event)]})

    @route(Invited, 400, 403, 404, 409, 429, 503, status=201, body=Inviting, key=True, operation_id="invite")
    def post(self, request: Request, code: str) -> Response:
        """Ask somebody onto the crew; `link` is for them alone, works once and within seven days.

        With `mail` it is sent there instead, at most 30 a day; `mail_not_sent` (409): the mail server did not take it,
        and nobody was invited. `too_many` (409): a hundred are open. `too_many_mails` (429): enough for today.
        `busy` (503): the same request is handing its mail over just now.
        """
        event, member = crew(request, code, "run_crew")
        spend(INVITE, str(member.user_id))
        token = actions.token_for(account_of(request), key_of(request))
        answer = self.invite(request, event, member, token)
        # The stored answer is empty once somebody asked to be forgotten.
        said = dict(answer.data or {})
        if read(Inviting, request)["mail"]:
            # What was mailed is for them alone.
            self.send(request, token)
            link, sent_at = None, queries.sent_at(token)
            said |= {name: {**one, "sent_at": sent_at} for name, one in said.items()}
        else:
            # Beside the stored answer: nothing that is kept can be turned into a right.
            link = mailing.path_of(token)
        return Response({**said, "link": link}, status=answer.status_code)

    @idempotent
    def invite(self, request: Request, event: Event, member: Crew, token: str) -> Response:
        made = actions.invite(event, **read(Inviting, request), token=token, by=member)
        if made.mail:
            # In this transaction, for once: only a mail that goes costs anything.
            mailing.spend_for(member.user)
        return Response({"invitation": documents.invitation(made)}, status=201)

    def send(self, request: Request, token: str) -> None:
        """Once it has gone, a repeated request sends nothing; and a slow mail server holds no lock of ours."""
        invitation = actions.about_to_send(token)
        if invitation is None:
            return
        try:
            mailing.send_invitation(invitation, mailing.site_of(request) + mailing.path_of(token))
        except mailing.NotSent:
            with transaction.atomic():
                if not actions.not_sent(invitation):
                    raise busy() from None
                idempotency.take_back(account_of(request), key_of(request))
            raise
        actions.sent(invitation)


class InvitationView(View):
    @route(None, 403, 404, 409, status=204, operation_id="invitation_withdraw")
    def delete(self, request: Request, code: str, invitation: str) -> HttpResponse:
        """Withdraw it, until it is accepted."""
        event, member = crew(request, code, "run_crew")
        actions.withdraw(event, invitation, by=member)
        return HttpResponse(status=204)


class LookView(View):
    @route(Asked, 400, 404, 409, 429, body=Token, operation_id="invitation_look")
    def post(self, request: Request) -> Response:
        """What an invitation is to; the token comes in the body, so that it stands in no log."""
        return Response(documents.asked(found(request, read(Token, request)["token"])))


class AcceptanceView(View):
    @route(
        Accepted, 400, 404, 409, 429, status=201, body=AcceptingInvitation, key=True, operation_id="invitation_accept"
    )
    def post(self, request: Request) -> Response:
        """Accept it once: as who one is signed in as, or with a new account, which is signed in by this."""
        answer = self.accept(request)
        # Not part of what is kept: whoever lost the first answer is signed in by the second one.
        member = Crew.objects.select_related("user").filter(public_id=answer.data["member"], revoked_at=None).first()
        if member and request.user != member.user:
            login(request._request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return answer

    @idempotent_for_device
    def accept(self, request: Request) -> Response:
        wanted = read(AcceptingInvitation, request)
        account = request.user if request.user.is_authenticated else None
        member = actions.accept(wanted["token"], account=account, name=wanted["name"])
        return Response({"member": member.public_id, "next": f"/console/{member.event.code}/"}, status=201)


def found(request: Request, token: str) -> Invitation:
    try:
        return queries.invitation_by(token)
    except Refusal as refusal:
        if refusal.status == 404:
            # Only guesses cost: a hall shares one address.
            spend(SIGN_IN, address_of(request))
        raise
