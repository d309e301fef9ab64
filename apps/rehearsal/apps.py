from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    name = "apps.rehearsal"
    label = "rehearsal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core import errands
        from apps.events.signals import event_copied
        from apps.live.signals import heard

        from . import preflight, running

        heard.connect(preflight.note_heard)
        event_copied.connect(running.copy_was_made)
        errands.register(running.NAME, running.look_after)
