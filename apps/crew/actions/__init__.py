"""All writes about who is asked onto a crew and what it did; roles and rights are written in `events`."""

from .inviting import about_to_send, accept, invite, not_sent, sent, token_for, withdraw
from .mailboxes import ask_for_mailbox, mailbox_of, take_mailbox
from .passwords import set_password
from .resending import send_lost

__all__ = [
    "about_to_send",
    "accept",
    "ask_for_mailbox",
    "invite",
    "mailbox_of",
    "not_sent",
    "send_lost",
    "sent",
    "set_password",
    "take_mailbox",
    "token_for",
    "withdraw",
]
