"""Evenings of a bowl, made up honestly, for every checker to agree on."""

import random
from typing import Any

from apps.bowl import drawing
from apps.bowl.proof import OUTCOMES, SPOKEN

NAMES = ["Ada", "Бен", "زوي", "李", "Mo 😀", "Zoë <i>"]
BEACONS = ["", "rain", "7 11 23", "dé", "🎲"]
Proof = dict[str, Any]


def history(chance: random.Random, people: int | None = None, draws: int | None = None) -> Proof:
    """A revealed proof of two draws or more: people come between draws, tell, pass, are not there or are forgotten.

    With a number of `draws`, everybody told and was there from the start.
    """
    seed = f"{chance.getrandbits(256):064x}"
    waiting = dict(new_slip(chance) for _ in range(people or chance.randint(2, 9)))
    previous, made = drawing.FIRST, []
    for number in range(1, (draws or chance.randint(2, 6)) + 1):
        if not waiting:
            break
        frozen = drawing.freeze(waiting)
        at = f"2026-05-11T12:{number:02}:00.000Z"
        record = drawing.record(seed, frozen, number, chance.choice(BEACONS), at, previous)
        outcome = "told" if draws else chance.choice(OUTCOMES)
        name, salt = waiting[record.digest]
        forgotten = not draws and (outcome == "withdrawn" or chance.random() < 0.1)
        made.append(
            {
                "number": number,
                "at": at,
                "list": record.list,
                "slips": chance.sample(frozen.digests, len(frozen.digests)),
                "beacon": record.beacon,
                "digest": record.digest,
                "previous": previous,
                "hash": record.hash,
                "name": None if forgotten else name,
                "salt": None if forgotten else salt,
                "outcome": outcome,
            }
        )
        previous = record.hash
        if outcome in SPOKEN or forgotten:
            del waiting[record.digest]
        if not draws:
            waiting |= dict(new_slip(chance) for _ in range(chance.randint(0, 2)))
    return {
        "format": drawing.FORMAT,
        "bowl": "Open-Mic",
        "commitment": drawing.commitment(seed),
        "seed": seed,
        "last": previous,
        "draws": made,
    }


def new_slip(chance: random.Random) -> tuple[str, tuple[str, str]]:
    name, salt = chance.choice(NAMES), f"{chance.getrandbits(128):032x}"
    return drawing.slip_digest(salt, name), (name, salt)
