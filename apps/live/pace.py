"""How many frames one socket may send: a token bucket in memory."""

# A clapping thumb makes ten frames a second; acks, pings and a burst after waking come on top.
CAPACITY = 120
PER_SECOND = 20


class Pace:
    __slots__ = ("at", "tokens")

    def __init__(self, moment: float) -> None:
        self.tokens = float(CAPACITY)
        self.at = moment

    def allows(self, moment: float) -> bool:
        """One more frame, now? `moment` in seconds of any steady clock."""
        self.tokens = min(CAPACITY, self.tokens + (moment - self.at) * PER_SECOND)
        self.at = moment
        is_allowed = self.tokens >= 1
        self.tokens -= is_allowed
        return is_allowed
