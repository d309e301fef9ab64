from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TipsConfig(AppConfig):
    name = "apps.tips"
    label = "tips"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core.limits import THEME_GRAPHEMES, THEMES_PER_WALL
        from apps.events import kinds, signals
        from apps.live import sources, ticks

        from . import actions, following, queries

        options: dict[str, kinds.Schema] = {
            "signing": {"enum": ["optional", "always", "never"]},
            # Whether the crew sees who wrote a tip that is not signed.
            "authors_for_crew": {"type": "boolean"},
            "wall_shown": {"enum": ["at_start", "by_host"]},
            "themes": {
                "type": "array",
                "items": {**kinds.LINE, "maxLength": THEME_GRAPHEMES},
                "maxItems": THEMES_PER_WALL,
                "uniqueItems": True,
            },
        }
        kinds.register(
            kinds.Kind(
                "group_exercise",
                _("Group exercise"),
                script="tips/group_exercise.js",
                options=options,
                promises=("authors_for_crew",),
            )
        )
        sources.register(queries.all_documents)
        ticks.register(actions.count_due)
        ticks.register(actions.suggest_soon)
        signals.segment_entered.connect(following.segment_entered)
        signals.programme_edited.connect(following.programme_edited)
        signals.attendee_removed.connect(following.attendee_removed)
        signals.attendee_erased.connect(following.attendee_erased)
        signals.attendee_edited.connect(following.attendee_edited)
