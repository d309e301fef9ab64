"""The pages of who runs events: home, editor, crew."""

from django.urls import path

from . import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("console/", views.home, name="community-home"),
    path("console/<str:code>/programme.toml", views.programme_file, name="programme-file"),
]
