"""Below `/api/v1/`."""

from django.urls import path

from . import api

PICTURES = "events/<str:code>/pictures"
PICTURE = f"{PICTURES}/<str:picture>"

urlpatterns = [
    path(f"{PICTURES}/", api.PicturesView.as_view(), name="pictures"),
    path(f"{PICTURE}/", api.PictureView.as_view(), name="picture"),
    path(f"{PICTURE}/decision/", api.DecisionView.as_view(), name="picture-decision"),
    path(f"{PICTURE}/<str:size>/", api.FileView.as_view(), name="picture-file"),
]
