"""What this process has counted since it started; plain numbers, read by whoever reports them."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Counted:
    sockets: int = 0  # open and admitted now
    hellos: int = 0
    frames: int = 0  # sent down
    versions: int = 0  # read from storage and sent on
    lag_seconds: float = 0.0  # of the latest: from hearing of a version to its last write
    worst_lag_seconds: float = 0.0
    looks: int = 0
    failed_looks: int = 0
    direct: int = 0  # sockets that were given the door
    refusals: dict[str, int] = field(default_factory=dict)  # by code
    closes: dict[int, int] = field(default_factory=dict)  # by close code

    def refused(self, code: str) -> None:
        self.refusals[code] = self.refusals.get(code, 0) + 1

    def closed(self, code: int) -> None:
        self.closes[code] = self.closes.get(code, 0) + 1


counted = Counted()
