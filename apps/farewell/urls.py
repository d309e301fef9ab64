"""Below `/api/v1/`."""

from django.urls import path

from . import api

CONTACT = "events/<str:code>/contacts/<str:other>"

urlpatterns = [
    path(f"{CONTACT}/", api.ContactView.as_view(), name="contact"),
    path(f"{CONTACT}/block/", api.BlockView.as_view(), name="contact-block"),
]
