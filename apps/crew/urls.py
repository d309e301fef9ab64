"""Below `/api/v1/`."""

from django.urls import path

from .api.account import MailboxView, PasswordView
from .api.inviting import AcceptanceView, InvitationsView, InvitationView, LookView
from .api.members import DeedsView, MembersView, MemberView, OneselfView

urlpatterns = [
    path("events/<str:code>/crew/", MembersView.as_view(), name="crew"),
    path("events/<str:code>/crew/members/<str:member>/", MemberView.as_view(), name="crew-member"),
    path("events/<str:code>/crew/me/", OneselfView.as_view(), name="crew-me"),
    path("events/<str:code>/crew/deeds/", DeedsView.as_view(), name="crew-deeds"),
    path("events/<str:code>/crew/invitations/", InvitationsView.as_view(), name="invitations"),
    path("events/<str:code>/crew/invitations/<str:invitation>/", InvitationView.as_view(), name="invitation-of"),
    path("account/password/", PasswordView.as_view(), name="password"),
    path("account/mailbox/", MailboxView.as_view(), name="mailbox-ask"),
    path("invitation/", LookView.as_view(), name="invitation-look"),
    path("invitation/acceptance/", AcceptanceView.as_view(), name="invitation-accept"),
]
