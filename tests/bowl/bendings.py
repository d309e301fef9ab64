"""Ways to bend a proof, from a slip of the hand to a cheat who computes every hash again. Each must be found out."""

import copy
import hashlib
import random
from collections.abc import Callable

from apps.bowl import drawing

from .histories import Proof, new_slip

Bending = Callable[[Proof, random.Random], object]


def bent(proof: Proof, bending: str, chance: random.Random) -> Proof:
    """A copy with one thing changed."""
    copied = copy.deepcopy(proof)
    BENDINGS[bending](copied, chance)
    return copied


def rewrite(proof: Proof) -> None:
    """What a cheat with a good editor would do: compute every hash again, so that the chain holds."""
    previous = drawing.FIRST
    for number, draw in enumerate(proof["draws"], start=1):
        draw.update(number=number, previous=previous, list=drawing.freeze(draw["slips"]).hash)
        told = (draw["at"], draw["list"], draw["beacon"], draw["digest"])
        previous = draw["hash"] = drawing.record_hash(previous, number, *told)
    proof["last"] = previous


def change_of(field: str, value: object = "changed") -> Bending:
    return lambda proof, chance: chance.choice(proof["draws"]).update({field: value})


def another_slip_rewritten(proof: Proof, chance: random.Random) -> None:
    """Puts a friend on the list and has them drawn."""
    draw = chance.choice(proof["draws"])
    draw["digest"], (draw["name"], draw["salt"]) = new_slip(chance)
    draw["slips"].append(draw["digest"])
    rewrite(proof)
    if drawing.pick(proof["seed"], drawing.freeze(draw["slips"]), draw["number"], draw["beacon"]) == draw["digest"]:
        another_slip_rewritten(proof, chance)  # an honest winner by luck: one more friend


def listed_rewritten(slip: Callable[[list[str]], str]) -> Bending:
    """Puts one more on the last list, and draws from it by the rules."""

    def bend(proof: Proof, chance: random.Random) -> None:
        draw = proof["draws"][-1]
        draw["slips"].append(slip(draw["slips"]))
        draw.update(name=None, salt=None)
        draw["digest"] = drawing.pick(proof["seed"], drawing.freeze(draw["slips"]), draw["number"], draw["beacon"])
        rewrite(proof)

    return bend


def half_a_character_rewritten(proof: Proof, chance: random.Random) -> None:
    """What some encoders replace quietly: two texts would have one hash."""
    draw = proof["draws"][-1]
    draw.update(beacon="\ufffd", slips=[draw["digest"]])
    rewrite(proof)
    draw["beacon"] = "\ud800"


def line_break_rewritten(proof: Proof, chance: random.Random) -> None:
    """A name that reaches into the salt: two slips would have one hash."""
    draw = proof["draws"][-1]
    draw.update(salt="ab", name="Ada\nMallory")
    raw = "\n".join((drawing.FORMAT, "slip", draw["salt"], draw["name"]))
    digest = hashlib.sha256(raw.encode()).hexdigest()
    draw.update(digest=digest, slips=[digest])
    rewrite(proof)


def drawn_again_rewritten(proof: Proof, chance: random.Random) -> None:
    """Lets somebody tell twice, honestly drawn from a list of one."""
    first = proof["draws"][0] | {"outcome": "told"}
    proof["draws"] = [first, *proof["draws"][1:], first | {"slips": [first["digest"]]}]
    rewrite(proof)


def another_seed(proof: Proof, chance: random.Random) -> None:
    proof["seed"] = f"{chance.getrandbits(256):064x}"


def another_spelling(proof: Proof, chance: random.Random) -> None:
    """The same bytes, committed to in capitals: a second text for one seed is a choice where there must be none."""
    proof["seed"] = proof["seed"].upper()
    proof["commitment"] = drawing.commitment(proof["seed"])


def without_key(proof: Proof, chance: random.Random) -> None:
    draw = chance.choice(proof["draws"])
    # Without a name, no salt is asked for.
    del draw[chance.choice(sorted(set(draw) - {"salt"}))]


BENDINGS: dict[str, Bending] = {
    "another seed": another_seed,
    "a seed in capitals": another_spelling,
    "another commitment": lambda proof, chance: proof.update(commitment="0" * 64),
    "another format": lambda proof, chance: proof.update(format="socialhub-bowl/2"),
    "another end": lambda proof, chance: proof.update(last="0" * 64),
    "the first record removed": lambda proof, chance: proof["draws"].pop(0),
    "the last record removed": lambda proof, chance: proof["draws"].pop(),
    "records swapped": lambda proof, chance: proof["draws"].reverse(),
    "a record twice": lambda proof, chance: proof["draws"].append(proof["draws"][-1]),
    "another beacon": change_of("beacon"),
    "another time": change_of("at"),
    "another number": change_of("number", 0),
    "another list hash": change_of("list", "0" * 64),
    "another hash": change_of("hash", "1" * 64),
    "another predecessor": change_of("previous", "1" * 64),
    "another slip drawn": change_of("digest", "0" * 64),
    "another outcome than there is": change_of("outcome"),
    "another name": lambda proof, chance: proof["draws"][0].update(name="Mallory", salt="00" * 16),
    "half a character": change_of("beacon", "\ud800"),
    "a line break": change_of("beacon", "rain\nsun"),
    "a slip added": lambda proof, chance: chance.choice(proof["draws"])["slips"].append("0" * 64),
    "a slip twice": lambda proof, chance: proof["draws"][0]["slips"].append(proof["draws"][0]["digest"]),
    "a slip taken away": lambda proof, chance: chance.choice(proof["draws"])["slips"].pop(),
    "no slips": change_of("slips", []),
    "no field": without_key,
    "a friend drawn, and all hashes made anew": another_slip_rewritten,
    "a slip twice, and all hashes made anew": listed_rewritten(lambda slips: slips[0]),
    "a name on the list, and all hashes made anew": listed_rewritten(lambda slips: "Ada"),
    "capitals on the list, and all hashes made anew": listed_rewritten(lambda slips: "A" * 64),
    "a line on the list, and all hashes made anew": listed_rewritten(lambda slips: "a" * 64 + "\r"),
    "half a character, and all hashes made anew": half_a_character_rewritten,
    "a line break, and all hashes made anew": line_break_rewritten,
    "somebody twice, and all hashes made anew": drawn_again_rewritten,
}
