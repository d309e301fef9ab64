"""The phone's own code, run by the wheel's Node: one process for as many questions as there are."""

import json
import pathlib
import subprocess
from collections.abc import Iterable
from typing import Any

from tests.servers.node import binaries

SCRIPT = pathlib.Path(__file__).with_name("verify_lines.mjs")


def in_node(questions: Iterable[object], *arguments: str) -> list[Any]:
    """One answer for each question, both as JSON; see `verify_lines.mjs`."""
    lines = "\n".join(json.dumps(question) for question in questions)
    command = [binaries() / "node", SCRIPT, *arguments]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
