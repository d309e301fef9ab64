from django.apps import AppConfig


class CrewConfig(AppConfig):
    name = "apps.crew"
    label = "crew"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.events import signals

        from . import following

        signals.crew_acted.connect(following.crew_acted)
