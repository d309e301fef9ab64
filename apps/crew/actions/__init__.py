"""All writes about who is asked onto a crew and what it did; roles and rights are written in `events`."""

from .inviting import accept, invite, token_for, withdraw

__all__ = ["accept", "invite", "token_for", "withdraw"]
