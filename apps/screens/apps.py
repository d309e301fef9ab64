from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "apps.screens"
    label = "screens"
    default_auto_field = "django.db.models.BigAutoField"
