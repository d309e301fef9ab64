from django.apps import AppConfig


class CrewConfig(AppConfig):
    name = "apps.crew"
    label = "crew"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core import errands
        from apps.events import signals
        from apps.live import values
        from apps.live.signals import heard, left

        from . import actions, following, presence, rules

        values.register_for_crew("here", presence.here)
        heard.connect(presence.note_heard)
        left.connect(presence.note_left)
        errands.register(rules.LOST_MAILS, actions.send_lost)
        signals.crew_acted.connect(following.crew_acted)
