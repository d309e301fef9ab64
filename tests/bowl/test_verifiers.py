"""Three checkers that share no code, ours, the phone's and the script people download, agree on every evening."""

import contextlib
import hashlib
import hmac
import io
import json
import pathlib
import random
import re
import runpy
import subprocess
import sys

import pytest

from apps.bowl import drawing
from apps.bowl.proof import check

from .bendings import BENDINGS, bent
from .histories import Proof, history
from .node import in_node

DOWNLOAD = pathlib.Path(drawing.__file__).parent / "static/bowl/verify_draws.py"


def evenings(count: int) -> list[Proof]:
    """Honest ones, and as many with one thing changed; a few not revealed yet."""
    made = []
    for number in range(count):
        chance = random.Random(number)
        proof = history(chance)
        made.append(bent(proof, chance.choice(sorted(BENDINGS)), chance) if number % 2 else proof)
    return made


def places(faults: list[str]) -> set[int]:
    """Numbers of the draws that are complained of; 0 for anything else."""
    return {int(found[1]) if (found := re.match(r"Draw (\d+):", fault)) else 0 for fault in faults}


def by_script(proof: Proof, folder: pathlib.Path) -> bool:
    """Does the downloaded script, run as it stands, say that all is well?"""
    file = folder / "proof.json"
    file.write_text(json.dumps(proof))
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setattr(sys, "argv", ["verify_draws.py", str(file)])
        try:
            runpy.run_path(str(DOWNLOAD))
        except SystemExit as end:
            is_well = not end.code
        except (KeyError, ValueError):  # not in the format: Python prints which field
            is_well = False
    assert said.getvalue().startswith("OK, up to ") == is_well
    return is_well


def test_the_phone_agrees_on_ten_thousand_evenings() -> None:
    proofs = evenings(10_000)
    ours = [check(proof) for proof in proofs]
    assert [bool(faults) for faults in ours] == [number % 2 == 1 for number in range(10_000)]
    for proof, faults, theirs in zip(proofs, ours, in_node(proofs, "--plain"), strict=True):
        assert bool(theirs) == bool(faults), (proof, faults, theirs)
        # What is no proof at all is told apart nowhere.
        assert 0 in set(theirs) | places(faults) or set(theirs) == places(faults), (proof, faults, theirs)


def test_the_phone_agrees_where_it_has_hashes_of_its_own() -> None:
    proofs = evenings(600)
    assert in_node(proofs) == in_node(proofs, "--plain")


def test_the_script_people_download_agrees(tmp_path: pathlib.Path) -> None:
    proofs = evenings(600)
    assert [by_script(proof, tmp_path) for proof in proofs] == [check(proof) == [] for proof in proofs]


def test_the_script_runs_alone_and_says_what_is_wrong(tmp_path: pathlib.Path) -> None:
    chance = random.Random(1)
    honest = history(chance)
    said = []
    for proof in (honest, bent(honest, "another name", chance), honest | {"seed": None}):
        (tmp_path / "proof.json").write_text(json.dumps(proof))
        command = [sys.executable, "-I", "-S", DOWNLOAD, "proof.json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        said.append((done.returncode, done.stdout.strip(), done.stderr.strip()))
    assert said == [
        (0, f"OK, up to {honest['last']}", ""),
        (1, "", "FALSE: draw 1 has its name"),
        (1, "", "FALSE: the seed is shown and is the one that was committed to"),
    ]


def test_the_script_is_short_enough_to_read() -> None:
    assert len(DOWNLOAD.read_text().splitlines()) <= 40


def test_before_the_end_phone_and_server_check_all_but_the_picks() -> None:
    proofs = [history(random.Random(number)) | {"seed": None} for number in range(20)]
    proofs += [bent(proof, "another beacon", random.Random(1)) for proof in proofs]
    assert [bool(faults) for faults in in_node(proofs)] == [check(proof) != [] for proof in proofs]
    assert [check(proof) == [] for proof in proofs] == [True] * 20 + [False] * 20


def test_a_bowl_nobody_drew_from_holds(tmp_path: pathlib.Path) -> None:
    proof = history(random.Random(1)) | {"draws": [], "last": drawing.FIRST}
    assert (check(proof), in_node([proof]), by_script(proof, tmp_path)) == ([], [[]], True)


def test_all_agree_where_a_number_is_rejected(tmp_path: pathlib.Path) -> None:
    """So many slips, and a beacon searched for, that the first number would favour some."""
    seed, beacon, at = "5a" * 32, "195027", "2026-05-11T12:45:00.000Z"
    frozen = drawing.freeze(hashlib.sha256(str(number).encode()).hexdigest() for number in range(5993))
    first = next(drawing.words(seed, frozen.hash, 1, beacon))
    assert first >= drawing.WORD - drawing.WORD % 5993
    record = drawing.record(seed, frozen, 1, beacon, at, drawing.FIRST)
    draw = {"number": 1, "at": at, "slips": frozen.digests, "list": frozen.hash, "beacon": beacon}
    draw |= {"digest": record.digest, "previous": drawing.FIRST, "hash": record.hash}
    draw |= {"name": None, "salt": None, "outcome": "told"}
    proof = {"format": drawing.FORMAT, "commitment": drawing.commitment(seed), "seed": seed, "last": record.hash}
    proof |= {"draws": [draw]}
    assert (check(proof), in_node([proof], "--plain"), by_script(proof, tmp_path)) == ([], [[]], True)
    assert record.digest != frozen.digests[first % 5993]


def test_what_a_phone_was_shown_counts_whatever_the_file_says() -> None:
    """A whole record computed anew, with a seed of its own, holds by itself: only who watched can tell."""
    honest, forged = (history(random.Random(number), people=4, draws=3) for number in (1, 2))
    bowl = {"commitment": honest["commitment"], "draws": honest["draws"][:2]}
    shown = {"commitment": honest["commitment"], "draws": {"1": honest["draws"][0]["hash"]}, "slips": []}
    shown |= {"lists": {"3": honest["draws"][2]["list"], "4": "of a list that was never drawn from"}}
    of_forged = {"commitment": forged["commitment"], "draws": forged["draws"]}
    nothing = {"lists": {}, "draws": {}, "slips": []}
    assert (check(honest), check(forged)) == ([], [])
    asked = [
        (honest, bowl, shown),
        (honest, bowl, nothing),
        (forged, bowl, nothing),
        (forged, of_forged, nothing),
        (forged, of_forged, nothing | {"commitment": shown["commitment"]}),
        (forged, of_forged, nothing | {"draws": shown["draws"]}),
        (forged, of_forged, nothing | {"lists": shown["lists"]}),
    ]
    questions = [{"proof": proof, "bowl": now, "seen": seen} for proof, now, seen in asked]
    assert in_node(questions) == [False, False, True, False, True, True, True]


@pytest.mark.parametrize("nonsense", [{}, [], {"format": drawing.FORMAT}, {"format": drawing.FORMAT, "draws": 7}])
def test_what_is_no_proof_is_refused(nonsense: object) -> None:
    assert check(nonsense) == ["This is not a proof of the format socialhub-bowl/1."]
    assert in_node([nonsense]) == [[0]]


def test_the_phones_sha_256_is_sha_256() -> None:
    texts = [random.Random(length).randbytes(length) for length in range(301)]
    assert in_node({"text": text.hex()} for text in texts) == [hashlib.sha256(text).hexdigest() for text in texts]


def test_the_phones_hmac_is_hmac() -> None:
    pairs = [
        (random.Random(length).randbytes(length % 65), random.Random(-length).randbytes(length))
        for length in range(301)
    ]
    asked = [{"key": key.hex(), "text": text.hex()} for key, text in pairs]
    assert in_node(asked) == [hmac.digest(key, text, "sha256").hex() for key, text in pairs]
