"""The page before the evening, and what it asks the server for."""

from django.urls import path

from . import views
from .api import EndingView, RehearsalView

urlpatterns = [
    path("api/v1/events/<str:code>/rehearsal/", RehearsalView.as_view(), name="rehearsal"),
    path("api/v1/events/<str:code>/rehearsal/ending/", EndingView.as_view(), name="rehearsal-ending"),
    path("console/<str:code>/rehearsal/", views.page, name="preflight"),
    path("console/<str:code>/rehearsal/clock/", views.time_of_day, name="preflight-clock"),
]
