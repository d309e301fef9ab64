"""The pages of who runs events: home, editor, crew."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
