"""A draw anyone can check: commit-reveal, as lotteries over a public beacon do it (RFC 3797 is a cousin).

When the bowl opens, a secret seed is made and its SHA-256 shown. Every draw freezes the list of slips, names that list
by its hash, and picks by HMAC-SHA256 of seed, list, number of the draw, and a beacon. At the end the seed is shown, and
everybody can compute every pick again. What that proves depends on how a name is drawn:

In one step (no beacon): the pick followed from the seed, the list and the number. Who does not know the seed, the host
included, cannot steer. Who reads it out of the database knows the pick for any list, and could put in slips of their
own, or wait for a list, until they like it.

With a value from the room: the list is frozen and its hash shown, then the room stirs digits in or says a value, then
follows the pick. Who knows the seed could not know the value while the list could still change. They could still steer
by giving the last digits themselves, or by a value of their own choice; one that somebody else says aloud, heard by
all, leaves them nothing. That the list came before the value is shown by no hash, but by every screen that showed it.

All texts are UTF-8, hashes lower-case hex; parts of a hashed text are joined by line feeds, and no part contains one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

FORMAT = "socialhub-bowl/1"
FIRST = "0" * 64  # what the first record names as its predecessor
WORD = 2**32


@dataclass(frozen=True, slots=True)
class Frozen:
    """The slips of one draw, in the order that counts: sorted digests, and the hash that names the list."""

    digests: tuple[str, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Record:
    """One draw as it is published; `hash` covers `previous`, so that no record can be taken out of the chain."""

    number: int
    at: str
    list: str
    beacon: str
    digest: str
    previous: str
    hash: str


def new_seed() -> str:
    """32 random bytes as hex."""
    return secrets.token_hex(32)


def new_salt() -> str:
    """16 random bytes as hex: without it, nobody can try names against a digest."""
    return secrets.token_hex(16)


def commitment(seed: str) -> str:
    """What is shown before the first draw."""
    return hashed("seed", seed)


def slip_digest(salt: str, name: str) -> str:
    """How a slip appears on lists until its salt is known: to its owner at once, to all when it is called."""
    return hashed("slip", salt, name)


def freeze(digests: Iterable[str]) -> Frozen:
    """Sorted, so that the order in which slips came or a database returned them means nothing."""
    ordered = tuple(sorted(digests))
    return Frozen(ordered, hashed("list", *ordered))


def pick(seed: str, frozen: Frozen, number: int, beacon: str) -> str:
    """The digest drawn as draw `number`. Raises ValueError when there is none to draw or the beacon has line breaks."""
    if not frozen.digests:
        raise ValueError("there is nothing in the bowl")
    return frozen.digests[first_fair(words(seed, frozen.hash, number, beacon), len(frozen.digests))]


def words(seed: str, list_hash: str, number: int, beacon: str) -> Iterator[int]:
    """Unsigned 32-bit numbers, the first of each HMAC; as many as anybody asks for."""
    attempt = 0
    while True:
        message = joined("draw", list_hash, str(number), beacon, str(attempt)).encode()
        yield int.from_bytes(hmac.digest(bytes.fromhex(seed), message, "sha256")[:4], "big")
        attempt += 1


def first_fair(numbers: Iterable[int], size: int) -> int:
    """Rejection sampling: an index below `size` from the first number that leaves every index equally likely."""
    limit = WORD - WORD % size
    return next(number % size for number in numbers if number < limit)


def record(seed: str, frozen: Frozen, number: int, beacon: str, at: str, previous: str) -> Record:
    """Draw, and write it down behind the record with the hash `previous` (`FIRST` for the first)."""
    digest = pick(seed, frozen, number, beacon)
    return Record(
        number,
        at,
        frozen.hash,
        beacon,
        digest,
        previous,
        record_hash(previous, number, at, frozen.hash, beacon, digest),
    )


def record_hash(previous: str, number: int, at: str, list_hash: str, beacon: str, digest: str) -> str:
    return hashed("record", previous, str(number), at, list_hash, beacon, digest)


def hashed(*parts: str) -> str:
    return hashlib.sha256(joined(*parts).encode()).hexdigest()


def joined(*parts: str) -> str:
    if any("\n" in part for part in parts):
        raise ValueError("a part with a line break could pass for two")
    return "\n".join((FORMAT, *parts))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A slip in the bowl: was it returned after a call, and has its owner told a story in another bowl?"""

    digest: str
    returned: bool = False
    told_elsewhere: bool = False


def eligible(waiting: Sequence[Waiting]) -> list[str]:
    """Digests of those who may be drawn now.

    First those who have neither told nor been returned, then who told in another bowl, then who was returned.
    """
    for returned, told_elsewhere in ((False, False), (False, True), (True, False), (True, True)):
        tier = [one.digest for one in waiting if (one.returned, one.told_elsewhere) == (returned, told_elsewhere)]
        if tier:
            return tier
    return []
