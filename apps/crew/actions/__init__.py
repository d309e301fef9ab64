"""All writes about who is asked onto a crew and what it did; roles and rights are written in `events`."""

from .inviting import accept, invite, not_sent, token_for, withdraw
from .passwords import set_password

__all__ = ["accept", "invite", "not_sent", "set_password", "token_for", "withdraw"]
