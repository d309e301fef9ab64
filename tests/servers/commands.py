"""Management commands for a running installation, in a process that stays: starting one is what takes the time.

Each line in is a JSON list of commands, such as `[["load_programme", "FILE"]]`, or of modules whose `told(*arguments)`
is asked, such as `[["tests.matching.tables", "CODE"]]`; each line out what they printed or told.
"""

import json
import sys
from importlib import import_module
from io import StringIO

import django
from django.core.management import call_command
from django.db import connections


def printed(command: list[str]) -> str:
    name, *arguments = command
    if "." in name:
        return import_module(name).told(*arguments)
    output = StringIO()
    call_command(*command, stdout=output)
    return output.getvalue()


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        outputs = [printed(command) for command in json.loads(line)]
        connections.close_all()
        print(json.dumps(outputs), flush=True)
