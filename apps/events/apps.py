from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "apps.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core import errands, traces
        from apps.core.limits import BODY_BYTES, LOGO_BYTES, PROGRAMME_BYTES
        from apps.live import sources, tickets, values
        from apps.live.door import bodies
        from apps.live.signals import heard

        from . import actions, presence, queries, sessions

        # A programme file as a JSON text: line breaks and quotation marks are two characters there.
        most, seconds = 2 * PROGRAMME_BYTES + BODY_BYTES, bodies.ARRIVE_SECONDS
        bodies.allow("/api/v1/events/", most, seconds)
        bodies.allow("/api/v1/events/[^/]+/programme/", most, seconds, "PUT")
        # In base64.
        bodies.allow("/api/v1/events/[^/]+/logos/", LOGO_BYTES * 4 // 3 + BODY_BYTES, seconds)
        sources.register(queries.all_documents)
        values.register("present", presence.present)
        tickets.register(sessions.signed_out)
        heard.connect(presence.note_heard)
        errands.register("day", actions.turn_day, daily=True)
        errands.register(traces.NAME, traces.wash)
