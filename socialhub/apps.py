from django.apps import AppConfig


class SocialhubConfig(AppConfig):
    name = "socialhub"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
