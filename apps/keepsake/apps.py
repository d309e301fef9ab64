from django.apps import AppConfig


class KeepsakeConfig(AppConfig):
    name = "apps.keepsake"
    label = "keepsake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.live import ticks

        from . import actions

        ticks.register(actions.count_present)
