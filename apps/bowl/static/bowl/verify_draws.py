#!/usr/bin/env python3
"""Checks the draws of a bowl: python3 verify_draws.py proof.json. Needs Python alone, and trusts nobody."""

import hashlib
import hmac
import json
import pathlib
import re
import sys

proof = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
seed, last, spoken, claims = str(proof["seed"]), "0" * 64, set[str](), dict[str, bool]()
has_spoken = {"called": 0, "speaking": 1, "told": 1, "passed": 0, "no_show": 0, "undone": 0, "withdrawn": 0}
is_hash = re.compile("[0-9a-f]{64}").fullmatch


def sha256(*parts: str) -> str:
    return hashlib.sha256("\n".join(["socialhub-bowl/1", *(p.replace("\n", "?") for p in parts)]).encode()).hexdigest()


def drawn(slips: list[str], parts: tuple[str, ...], attempt: int = 0) -> str:
    text = "\n".join(("socialhub-bowl/1", "draw", *parts, str(attempt))).encode()
    word = int.from_bytes(hmac.digest(bytes.fromhex(seed), text, "sha256")[:4], "big")
    return slips[word % len(slips)] if word < 2**32 - 2**32 % len(slips) else drawn(slips, parts, attempt + 1)


if proof["format"] != "socialhub-bowl/1" or not is_hash(seed) or sha256("seed", seed) != proof["commitment"]:
    sys.exit("FALSE: the seed is shown and is the one that was committed to")
for number, draw in enumerate(proof["draws"], start=1):
    n, slips, listed, digest = str(number), sorted(set(draw["slips"])), draw["list"], draw["digest"]
    claims[f"draw {n} follows the one before"] = draw["number"] == number and draw["previous"] == last
    claims[f"draw {n} is whole"] = draw["hash"] == sha256("record", last, n, draw["at"], listed, draw["beacon"], digest)
    claims[f"draw {n} kept its list"] = listed == sha256("list", *slips) and len(slips) == len(draw["slips"])
    claims[f"draw {n} had only slips on it"] = all(map(is_hash, slips))
    claims[f"draw {n} had nobody on it who had spoken"] = spoken.isdisjoint(slips)
    claims[f"draw {n} was decided by the seed"] = slips != [] and digest == drawn(slips, (listed, n, draw["beacon"]))
    claims[f"draw {n} has its name"] = draw["name"] is None or digest == sha256("slip", draw["salt"], draw["name"])
    last, spoken = draw["hash"], spoken | {digest for _ in range(has_spoken[draw["outcome"]])}
claims["the record ends where it ended"] = proof["last"] == last
sys.exit("\n".join(f"FALSE: {claim}" for claim, holds in claims.items() if not holds) or print(f"OK, up to {last}"))
