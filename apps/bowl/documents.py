"""What phones, stage and crew are told of a bowl. Names only of those who were called; teasers to the crew alone."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from apps.core.clock import iso

from .drawing import FIRST, FORMAT
from .models import Bowl, Draw, Frozen, Slip, Turn

Document: TypeAlias = dict[str, Any]


def bowl(bowl: Bowl, waiting: int, draws: Sequence[Draw], frozen: Frozen | None) -> Document:
    """The public bowl; `draws` with their slips and turns, `frozen` with its stirs."""
    return {
        "segment": bowl.segment.public_id,
        "state": "revealed" if bowl.revealed_at else "closed" if bowl.closed_at else "open",
        "slips": waiting,
        "commitment": bowl.commitment,
        "seed": bowl.seed if bowl.revealed_at else None,
        "frozen": listed(frozen) if frozen else None,
        "draws": [draw(one) for one in draws],
    }


def listed(frozen: Frozen) -> Document:
    return {
        "number": frozen.number,
        "at": iso(frozen.at),
        "list": frozen.hash,
        "among": len(frozen.digests),
        "digits": digits(frozen),
    }


def digits(frozen: Frozen) -> str:
    """What the phones have stirred in, in the order in which it came."""
    return "".join(str(stir.digit) for stir in frozen.stirs.all())


def name_of(draw: Draw) -> str | None:
    """Who was called; nobody whose slip was out before the list was drawn from."""
    return None if draw.outcome == Draw.Outcome.WITHDRAWN else draw.slip.name or None


def draw(draw: Draw) -> Document:
    turned: Turn | None = getattr(draw, "turn", None)
    return {
        "number": draw.number,
        "at": iso(draw.at),
        "name": name_of(draw),
        "remote": draw.slip.remote and name_of(draw) is not None,
        "among": len(draw.digests),
        "beacon": draw.beacon,
        "hash": draw.hash,
        "outcome": draw.outcome,
        "accepted_at": iso(draw.accepted_at),
        "decided_at": iso(draw.decided_at),
        "turn": turn(turned) if turned else None,
    }


def turn(turn: Turn) -> Document:
    """Time left is `ends_at - (ended_at or paused_at or the server's present instant)`; below zero is overtime."""
    return {
        "length_seconds": turn.length_seconds,
        "started_at": iso(turn.started_at),
        "ends_at": iso(turn.ends_at),
        "paused_at": iso(turn.paused_at),
        "ended_at": iso(turn.ended_at),
    }


def slip_for_crew(slip: Slip) -> Document | None:
    if slip.state == Slip.State.OUT:
        return None
    return {
        "id": slip.public_id,
        "segment": slip.bowl.segment.public_id,
        "name": slip.name,
        "teaser": slip.teaser,
        "title": slip.title,
        "remote": slip.remote,
        "state": slip.state,
        "returned": slip.returned,
        "put_in_at": iso(slip.put_in_at),
    }


def slip(slip: Slip, called: Draw | None, stage: str | None = None) -> Document | None:
    """One's own slip, with the salt that finds it on the published lists, and the number of the draw that calls it.

    `stage` is the address of the stage, for somebody remote who is called or speaking.
    """
    if slip.state == Slip.State.OUT:
        return None
    return {
        "segment": slip.bowl.segment.public_id,
        "state": slip.state,
        "teaser": slip.teaser,
        "name": slip.name,
        "salt": slip.salt,
        "digest": slip.digest,
        "draw": called.number if called else None,
        "accepted_at": iso(called.accepted_at) if called else None,
        "stage": stage,
        "title": slip.title,
    }


def proof(bowl: Bowl, draws: Sequence[Draw]) -> Document:
    """All that is needed to check every draw; `proof.py` describes the format."""
    return {
        "format": FORMAT,
        "bowl": bowl.segment.title,
        "commitment": bowl.commitment,
        "seed": bowl.seed if bowl.revealed_at else None,
        "last": draws[-1].hash if draws else FIRST,
        "draws": [
            {
                "number": one.number,
                "at": iso(one.at),
                "list": one.list_hash,
                "slips": one.digests,
                "beacon": one.beacon,
                "digest": one.slip.digest,
                "previous": one.previous,
                "hash": one.hash,
                "name": name_of(one),
                "salt": one.slip.salt if name_of(one) else None,
                "outcome": one.outcome,
            }
            for one in draws
        ],
    }
