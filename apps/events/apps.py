from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "apps.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core import errands, traces
        from apps.live import sources, values
        from apps.live.signals import heard

        from . import actions, presence, queries

        sources.register(queries.all_documents)
        values.register("present", presence.present)
        heard.connect(presence.note_heard)
        errands.register("day", actions.turn_day, daily=True)
        errands.register(traces.NAME, traces.wash)
