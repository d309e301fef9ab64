"""Below `/api/v1/`."""

from django.urls import path

from .api.attending import AttendeesView, DepartureView, EventView, MeView
from .api.crewing import AttendeeView, MovesView, MoveView, StageLinksView
from .api.snapshot import SnapshotView

urlpatterns = [
    path("events/<str:code>/", EventView.as_view(), name="event"),
    path("events/<str:code>/attendees/", AttendeesView.as_view(), name="attendees"),
    path("events/<str:code>/attendees/<str:attendee>/", AttendeeView.as_view(), name="attendee"),
    path("events/<str:code>/me/", MeView.as_view(), name="me"),
    path("events/<str:code>/me/departure/", DepartureView.as_view(), name="departure"),
    path("events/<str:code>/moves/", MovesView.as_view(), name="moves"),
    path("events/<str:code>/moves/<str:move>/", MoveView.as_view(), name="move"),
    path("events/<str:code>/snapshot/", SnapshotView.as_view(), name="snapshot"),
    path("events/<str:code>/stage-links/", StageLinksView.as_view(), name="stage-links"),
]
