"""The bundle that ships is the bundle that was built from the lock, and its table tells the truth."""

import hashlib
import json
import pathlib
import re

SCREENS = pathlib.Path(__file__).parents[2] / "apps/screens"
README = (SCREENS / "vendor/README.md").read_text()


def test_the_hash_in_the_readme_is_the_bundles() -> None:
    bundle = (SCREENS / "static/screens/vendor/preact.js").read_bytes()
    assert re.findall(r"`([0-9a-f]{64})`", README) == [hashlib.sha256(bundle).hexdigest()]


def test_the_versions_in_the_readme_are_the_locks() -> None:
    lock = json.loads((SCREENS / "vendor/package-lock.json").read_text())
    table = dict(re.findall(r"^\| ([a-z@/-]+)[^|]*\| (\d[\d.]*) \|", README, re.MULTILINE))
    assert table == {name: lock["packages"][f"node_modules/{name}"]["version"] for name in table}
    assert {"preact", "htm", "@preact/signals", "@preact/signals-core", "esbuild", "typescript"} == set(table)


def test_every_shipped_package_has_its_licence_text() -> None:
    licences = (SCREENS / "static/screens/vendor/LICENSES.txt").read_text()
    assert re.findall(r"^=== (\S+) ", licences, re.MULTILINE) == [
        "preact",
        "htm",
        "@preact/signals",
        "@preact/signals-core",
    ]
