from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BowlConfig(AppConfig):
    name = "apps.bowl"
    label = "bowl"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.events import kinds, signals
        from apps.live import sources, ticks

        from . import actions, following, queries

        kinds.register(kinds.Kind("open_mic", _("Open-Mic"), script="bowl/open_mic.js", options=OPTIONS))
        sources.register(queries.all_documents)
        ticks.register(actions.reveal_due)
        signals.event_moving.connect(following.lock)
        signals.attendee_changing.connect(following.lock)
        signals.event_started.connect(following.event_started)
        signals.programme_edited.connect(following.programme_edited)
        signals.segment_entered.connect(following.segment_entered)
        signals.segment_left.connect(following.segment_left)
        signals.stage_renewed.connect(following.stage_renewed)
        signals.attendee_edited.connect(following.attendee_edited)
        signals.attendee_erased.connect(following.attendee_gone)
        signals.attendee_removed.connect(following.attendee_gone)


OPTIONS: dict[str, dict[str, object]] = {
    # How long a host may come back to the segment before its seed is shown; a minute unless it says otherwise.
    "seed_after_seconds": {"type": "integer", "minimum": 0, "maximum": 3600},
    "story_minutes": {"type": "integer", "minimum": 1, "maximum": 60},
    # Without it, names can be put in from the start of the event.
    "bowl_opens": {"enum": ["at_start", "by_host"]},
}
