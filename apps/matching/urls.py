"""Below `/api/v1/`."""

from django.urls import path

from . import api

EVENT = "events/<str:code>"

urlpatterns = [
    path(f"{EVENT}/rounds/", api.RoundsView.as_view(), name="rounds"),
    path(f"{EVENT}/rounds/<str:round>/", api.RoundView.as_view(), name="round"),
    path(f"{EVENT}/rounds/<str:round>/closing/", api.ClosingView.as_view(), name="round-closing"),
    path(f"{EVENT}/swaps/", api.SwapsView.as_view(), name="swaps"),
    path(f"{EVENT}/me/group/found/", api.FoundView.as_view(), name="group-found"),
    path(f"{EVENT}/me/group/absences/<str:other>/", api.AbsenceView.as_view(), name="group-absence"),
    path(f"{EVENT}/me/sitting-out/", api.SittingOutView.as_view(), name="sitting-out"),
    path(f"{EVENT}/me/known/<str:other>/", api.KnownView.as_view(), name="known"),
]
