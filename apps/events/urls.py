"""Below `/api/v1/`."""

from django.urls import path

from .api.attending import AttendeesView, DepartureView, MeView
from .api.crewing import AttendeeView, MovesView, MoveView, StageLinksView
from .api.home import ArchiveView, EventsView, ListingView, OneEventView
from .api.logo import LogosView, LogoView
from .api.programming import ProgrammeView, PromptsView
from .api.snapshot import SnapshotView

urlpatterns = [
    path("events/", EventsView.as_view(), name="events"),
    path("events/<str:code>/", OneEventView.as_view(), name="event"),
    path("events/<str:code>/archive/", ArchiveView.as_view(), name="archive"),
    path("events/<str:code>/attendees/", AttendeesView.as_view(), name="attendees"),
    path("events/<str:code>/attendees/<str:attendee>/", AttendeeView.as_view(), name="attendee"),
    path("events/<str:code>/listing/", ListingView.as_view(), name="listing"),
    path("events/<str:code>/logo/<str:name>.webp", LogoView.as_view(), name="logo"),
    path("events/<str:code>/logos/", LogosView.as_view(), name="logos"),
    path("events/<str:code>/me/", MeView.as_view(), name="me"),
    path("events/<str:code>/me/departure/", DepartureView.as_view(), name="departure"),
    path("events/<str:code>/moves/", MovesView.as_view(), name="moves"),
    path("events/<str:code>/moves/<str:move>/", MoveView.as_view(), name="move"),
    path("events/<str:code>/programme/", ProgrammeView.as_view(), name="programme"),
    path("events/<str:code>/prompts/", PromptsView.as_view(), name="prompts"),
    path("events/<str:code>/snapshot/", SnapshotView.as_view(), name="snapshot"),
    path("events/<str:code>/stage-links/", StageLinksView.as_view(), name="stage-links"),
]
