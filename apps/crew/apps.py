from django.apps import AppConfig


class CrewConfig(AppConfig):
    name = "apps.crew"
    label = "crew"
    default_auto_field = "django.db.models.BigAutoField"
