"""send(2) to a socket that does not block, without letting go of the interpreter's lock.

Python's own `socket.send` lets go of it for every call: a thread that computes takes it each time, and whoever writes
to a thousand phones waits a thousand times to have it back. A write to a socket that does not block takes microseconds;
the lock is kept for them.
"""

import ctypes
from collections.abc import Callable

# File descriptor, bytes, their number, 0: how many were taken; -1 where none could be, or the connection has ended.
send: Callable[[int, bytes, int, int], int] | None
try:
    send = _send = ctypes.PyDLL(None).send
    _send.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
    _send.restype = ctypes.c_ssize_t
except (AttributeError, OSError, TypeError):
    # A system whose C library has no such function: frames go through the ordinary ASGI send there.
    send = None
