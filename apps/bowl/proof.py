"""The proof of a bowl: one JSON file with all it takes to check every draw, and one of three checkers of it.

The others are `verify.js` on phones and `verify_draws.py` to download; they share no code with this one. The format:

    format      "socialhub-bowl/1"
    bowl        title of the segment
    commitment  H("seed", seed)
    seed        64 hex digits; null until it is shown
    last        `hash` of the last draw, 64 zeros if there was none: so that no record is missing at the end
    draws       every draw there was, those taken back too, each with
      number    1, 2, 3 and so on
      at        instant of the draw
      slips     digests of all who could be drawn
      list      H("list", *slips), sorted
      beacon    what the room gave once the list was fixed, or ""
      digest    of the slip that was drawn: the sorted slips[index]
      previous  `hash` of the draw before, 64 zeros for the first
      hash      H("record", previous, number, at, list, beacon, digest)
      name      who was called; null if the slip was out by then, or once they asked to be forgotten
      salt      digest is H("slip", salt, name); null with the name
      outcome   one of `OUTCOMES`

H(a, b, ...) is the SHA-256 of "socialhub-bowl/1", a, b, ... in UTF-8, joined by line feeds, of which no part holds any.
The index: of attempt 0, 1, 2 and so on take the first four bytes of HMAC-SHA256(seed, the same joining of "draw", list,
number, beacon, attempt) as a big-endian number, until one is below 2^32 - 2^32 mod n; modulo n it is the index.
Hashes, salts and the seed are lower-case hex.

An outcome is known later than its draw, so no hash covers it. The lists hold it to account: who has spoken is on none
that follows.
"""

import re
from collections.abc import Iterator
from typing import Any

from .drawing import FIRST, FORMAT, commitment, freeze, pick, record_hash, slip_digest

OUTCOMES = ("called", "speaking", "told", "passed", "no_show", "undone", "withdrawn")
SPOKEN = ("speaking", "told")
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check(proof: Any) -> list[str]:
    """What is wrong with a proof, in sentences; nothing when all of it holds. Without a seed, picks are not checked."""
    try:
        return list(faults(proof))
    except (KeyError, TypeError, ValueError):
        return [f"This is not a proof of the format {FORMAT}."]


def faults(proof: dict[str, Any]) -> Iterator[str]:
    if proof["format"] != FORMAT:
        raise ValueError(proof["format"])
    seed, previous = proof["seed"], FIRST
    spoken: set[str] = set()
    if seed is not None and not (HASH.fullmatch(seed) and commitment(seed) == proof["commitment"]):
        yield "The seed is not the one that was committed to."
    for place, draw in enumerate(proof["draws"], start=1):
        yield from (f"Draw {place}: {fault}" for fault in faults_of(draw, place, previous, seed, spoken))
        if draw["outcome"] in SPOKEN:
            spoken.add(draw["digest"])
        previous = draw["hash"]
    if proof["last"] != previous:
        yield "The record does not end where it ended."


def faults_of(draw: dict[str, Any], place: int, previous: str, seed: str | None, spoken: set[str]) -> Iterator[str]:
    frozen = freeze(draw["slips"])
    if draw["number"] != place or draw["previous"] != previous:
        yield "it does not follow the one before."
    if draw["hash"] != record_hash(previous, place, draw["at"], draw["list"], draw["beacon"], draw["digest"]):
        yield "the record was changed."
    if draw["list"] != frozen.hash or len(set(frozen.digests)) != len(frozen.digests):
        yield "the list is not the one that was frozen."
    if not all(HASH.fullmatch(digest) for digest in frozen.digests):
        yield "the list holds what is no slip."
    if not spoken.isdisjoint(frozen.digests):
        yield "the list holds somebody who had told a story already."
    if draw["digest"] not in frozen.digests:
        yield "the slip was not on the list."
    elif seed is not None and pick(seed, frozen, place, draw["beacon"]) != draw["digest"]:
        yield "another slip should have been drawn."
    if draw["name"] is not None and slip_digest(draw["salt"], draw["name"]) != draw["digest"]:
        yield "the name is not the one on the slip."
    if draw["outcome"] not in OUTCOMES:
        yield "its outcome is none there is."
