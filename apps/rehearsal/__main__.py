"""`python -m apps.rehearsal ID BASE`: a server process begins this one for a rehearsal that a host asked for."""

import asyncio
import logging
import os
import sys

# Whoever is really there goes first. (Tests have nobody there, and other tests beside them.)
NICENESS = int(os.environ.get("REHEARSAL_NICENESS", "19"))


def main(ident: str, base: str) -> None:
    import django

    os.nice(NICENESS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    django.setup()
    from .child import Child

    for name in ("httpx", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(Child(ident, base).live())


if __name__ == "__main__":
    main(*sys.argv[1:])
