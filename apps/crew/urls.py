"""Below `/api/v1/`."""

from django.urls import path

from .api import AcceptanceView, InvitationsView, InvitationView, LookView

urlpatterns = [
    path("events/<str:code>/crew/invitations/", InvitationsView.as_view(), name="invitations"),
    path("events/<str:code>/crew/invitations/<str:invitation>/", InvitationView.as_view(), name="invitation-of"),
    path("invitation/", LookView.as_view(), name="invitation-look"),
    path("invitation/acceptance/", AcceptanceView.as_view(), name="invitation-accept"),
]
