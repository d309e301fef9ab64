"""`python -m apps.rehearsal ID BASE NICENESS`: a server begins this for a rehearsal that a host asked for."""

import asyncio
import logging
import os
import sys


def main(ident: str, base: str, niceness: str) -> None:
    import django

    os.nice(int(niceness))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialhub.settings")
    django.setup()
    from .child import Child

    for name in ("httpx", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(Child(ident, base).live())


if __name__ == "__main__":
    main(*sys.argv[1:])
