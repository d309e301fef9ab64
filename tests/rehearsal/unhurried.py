"""The site, whose rehearsals go no later than others: the tests beside them would never let them have their turn.

Only the tests start it, by ASGI_APPLICATION.
"""

from socialhub.asgi import application

__all__ = ["application"]

from apps.rehearsal import running

running.NICENESS = 0
