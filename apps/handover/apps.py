from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "apps.handover"
    label = "handover"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.events import identity, signals

        from . import following, queries

        identity.reasons.append(queries.why_left)
        signals.attendee_joined.connect(following.attendee_joined)
        signals.attendee_removed.connect(following.attendee_removed)
        signals.attendee_erased.connect(following.attendee_erased)
