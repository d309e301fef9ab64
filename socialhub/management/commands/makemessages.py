"""`manage.py makemessages`: the texts of Python and templates, and those of JavaScript with its `_n`."""

from typing import Any

from django.core.management.commands import makemessages

LEFT_OUT = ["vendor/*", "var/*", ".venv/*", "tests/*"]


class Command(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_n:1,2"]

    def handle(self, *args: Any, **options: Any) -> None:
        options["ignore_patterns"] = [*options["ignore_patterns"], *LEFT_OUT]
        for domain in ("django", "djangojs"):
            super().handle(*args, **{**options, "domain": domain})
