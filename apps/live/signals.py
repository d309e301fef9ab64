"""News of the sockets for the apps above."""

from django.dispatch import Signal

# Every 10 seconds, and a second after a hello: `streams`, the personal streams (full names) whose sockets were heard
# from lately in this process. Sent in a worker thread.
heard = Signal()
# Within a second: `streams`, the personal streams whose last socket in this process has ended, by whichever side, and
# that have not come back since. One that only falls silent is not among them. Sent in a worker thread.
left = Signal()
