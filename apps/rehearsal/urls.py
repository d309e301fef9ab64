"""The page before the evening."""

from django.urls import path

from . import views

urlpatterns = [
    path("console/<str:code>/rehearsal/", views.page, name="preflight"),
    path("console/<str:code>/rehearsal/clock/", views.time_of_day, name="preflight-clock"),
]
