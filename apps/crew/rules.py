"""How long an invitation stands, and what becomes of it; nothing here knows the database."""

from datetime import datetime, timedelta
from enum import StrEnum

# Asked today, read at the weekend; a link that lies about for longer is rather found than used.
VALID = timedelta(days=7)

# A mail server that takes longer than this has not taken a mail: whoever handed it over has died, or gave up.
HANDING_OVER = timedelta(seconds=30)

# The errand that looks for mails which were lost with the process that was to hand them over. After so long nobody is
# at it any more, however slow the mail server; and after an hour its host has seen for long that it was not sent.
LOST_MAILS = "lost mails"
LOST, TRIED = timedelta(minutes=5), timedelta(hours=1)


class Standing(StrEnum):
    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def standing(made_at: datetime, used_at: datetime | None, revoked_at: datetime | None, at: datetime) -> Standing:
    """Where an invitation stands at the instant `at`."""
    if used_at:
        return Standing.USED
    if revoked_at:
        return Standing.WITHDRAWN
    return Standing.OPEN if at - made_at < VALID else Standing.EXPIRED
