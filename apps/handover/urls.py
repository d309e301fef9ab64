"""Below `/api/v1/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("events/<str:code>/me/handover/", api.OfferView.as_view(), name="handover-offer"),
    path("events/<str:code>/handovers/", api.HandoversView.as_view(), name="handovers"),
]
