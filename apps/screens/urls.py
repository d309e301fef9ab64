"""The pages' addresses; the root urls include them and name the handlers of `refusing.py`."""

from django.urls import path, re_path

from . import counts, handover, languages, signing_in, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", counts.metrics, name="metrics"),
    path("language/", languages.language, name="language"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/mailbox/", signing_in.mailbox, name="mailbox"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("console/<str:code>/", views.console, name="console"),
    path("console/<str:code>/tips/", views.console_tips, name="console-tips"),
    path("console/<str:code>/stage.svg", views.stage_code, name="stage-code"),
    path("stage/<str:token>/", views.stage, name="stage"),
    path("stage/<str:token>/links/<str:segment>/<int:number>.svg", views.link_code, name="link-code"),
    path("<str:code>/hand-over/", handover.offering, name="handover-offering"),
    path("<str:code>/hand-over/code.svg", handover.code_image, name="handover-code"),
    path("<str:code>/move/", handover.taking, name="handover-taking"),
    # Five letters, as typed: other cases lead to the event's own address.
    re_path(r"^(?P<code>[A-Za-z]{5})/$", views.event_page, name="event-page"),
]
