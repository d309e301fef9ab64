"""The pages of who runs events: home, editor, crew."""

from django.urls import path

from . import crew, views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("console/", views.home, name="community-home"),
    path("console/<str:code>/crew/", crew.crew_page, name="crew-page"),
    path("console/<str:code>/crew/code/", crew.crew_code, name="crew-code"),
    path("invitation/", crew.invitation, name="invitation-page"),
    path("console/<str:code>/programme/", views.editor, name="editor"),
    path("console/<str:code>/programme.toml", views.programme_file, name="programme-file"),
]
