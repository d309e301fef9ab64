"""What is taken home, and what the crew looks back on."""

from django.urls import path

from . import crew, views

urlpatterns = [
    path("keepsake/<str:token>/", views.public, name="public-keepsake"),
    path("<str:code>/keepsake/", views.keepsake, name="keepsake"),
    path("<str:code>/keepsake/worker.js", views.worker, name="keepsake-worker"),
    path("<str:code>/keepsake/keepsake.md", views.as_markdown, name="keepsake-markdown"),
    path("<str:code>/keepsake/keepsake.html", views.as_file, name="keepsake-file"),
    path("<str:code>/keepsake/event.ics", views.as_calendar, name="keepsake-calendar"),
    path("<str:code>/keepsake/sharing/", views.sharing, name="keepsake-sharing"),
    path("console/<str:code>/report/", crew.report, name="report"),
    path("console/<str:code>/export.zip", crew.export, name="export"),
]
