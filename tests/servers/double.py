"""Every flow in a browser at servers that are sent each write twice: `python -m tests.servers.double [tests…]`."""

import os
import subprocess
import sys
import tempfile


def main(tests: list[str]) -> int:
    """The exit code of the flows; 1 where no write was doubled, for then nothing was shown."""
    with tempfile.NamedTemporaryFile("r") as tally:
        command = [sys.executable, "-m", "pytest", "-m", "browser and not slow", *tests]
        site = {"ASGI_APPLICATION": "tests.servers.doubled:application", "DOUBLED": tally.name}
        code = subprocess.run(command, env=os.environ | site).returncode
        writes = tally.readlines()
    print(f"{len(writes)} writes were sent twice.")
    return code if writes else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
