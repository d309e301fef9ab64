from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "apps.pictures"
    label = "pictures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core.limits import BODY_BYTES, PICTURE_BYTES, PICTURE_SECONDS
        from apps.events import signals
        from apps.live import sources
        from apps.live.door import bodies

        from . import following, queries

        bodies.allow("/api/v1/events/[^/]+/pictures/", PICTURE_BYTES + BODY_BYTES, PICTURE_SECONDS)
        sources.register(queries.all_documents)
        signals.attendee_changing.connect(following.attendee_changing)
        signals.attendee_removed.connect(following.attendee_removed)
        signals.attendee_erased.connect(following.attendee_erased)
        signals.attendee_edited.connect(following.attendee_edited)
        signals.programme_edited.connect(following.programme_edited)
        signals.event_erased.connect(following.event_erased)
        signals.day_turned.connect(following.day_turned)
