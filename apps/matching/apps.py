from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "apps.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.events import kinds, signals
        from apps.live import sources, ticks

        from . import actions, following, options, queries

        kinds.register(
            kinds.Kind(
                "icebreaker",
                _("Icebreaker"),
                script="matching/icebreaker.js",
                options=options.SCHEMA,
                faults=kinds.group_size_faults,
            )
        )
        sources.register(queries.all_documents)
        ticks.register(actions.tick)
        signals.segment_left.connect(following.segment_left)
        signals.programme_edited.connect(following.programme_edited)
        signals.prompt_shown.connect(following.prompt_shown)
        signals.attendee_left.connect(following.attendee_gone)
        signals.attendee_removed.connect(following.attendee_gone)
        signals.attendee_edited.connect(following.attendee_edited)
        signals.attendee_erased.connect(following.attendee_erased)
