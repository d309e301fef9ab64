from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FarewellConfig(AppConfig):
    name = "apps.farewell"
    label = "farewell"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.events import kinds, signals
        from apps.live import sources

        from . import following, queries

        options: dict[str, kinds.Schema] = {"links": kinds.LINKS, "pictures": {"type": "boolean"}}
        kinds.register(kinds.Kind("closing", _("Closing"), script="farewell/closing.js", options=options))
        sources.register(queries.all_documents)
        signals.people_met.connect(following.people_met)
        signals.attendee_edited.connect(following.attendee_edited)
        signals.attendee_removed.connect(following.attendee_gone)
        signals.attendee_erased.connect(following.attendee_gone)
