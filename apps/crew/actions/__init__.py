"""All writes about who is asked onto a crew and what it did; roles and rights are written in `events`."""

from .inviting import accept, invite, token_for, withdraw
from .passwords import set_password

__all__ = ["accept", "invite", "set_password", "token_for", "withdraw"]
