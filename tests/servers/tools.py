"""What the tests need of the machine: a browser and the fonts it draws with. Missing ones are fetched, or the run ends.

`python -m tests.servers.tools` sees to both before the tests begin.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The same engine without the browser around it: pages cost half the processor's time.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADS = ROOT / "var" / "tools" / "browsers"
# A script each, and the Debian package that has it: without them every width is that of an empty box.
FONTS = {"en": "fonts-noto-core", "ar": "fonts-noto-core", "hi": "fonts-noto-core", "zh": "fonts-noto-cjk"}
EMOJI = "fonts-noto-color-emoji"


def shell_binary() -> Path | None:
    """The machine's own headless shell, or the one fetched earlier."""
    if found := shutil.which(SHELL):
        return Path(found)
    return max(DOWNLOADS.glob("chromium_headless_shell-*/*/*headless*shell"), default=None)


def chromium_binary(whole: bool = False) -> Path:
    """A browser of this machine, without its own windows unless the `whole` is asked for; raises `SystemExit`."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    full = next(filter(None, map(shutil.which, NAMES)), None)
    if found := (full or shell_binary() if whole else shell_binary() or full):
        return Path(found)
    raise SystemExit("No Chromium: install one, or name its binary in CHROMIUM.")


def provide_chromium() -> None:
    """A headless shell where one can be had, or else what the machine has."""
    if os.environ.get("CHROMIUM") or shell_binary() or apt_install(SHELL):
        return
    if not any(map(shutil.which, NAMES)):
        environment = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(DOWNLOADS)}
        fetch = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
        subprocess.run(fetch, env=environment)
    chromium_binary()


def missing_fonts() -> set[str]:
    """Packages of fonts without which a script cannot be drawn."""
    if not shutil.which("fc-list"):
        return {"fontconfig", EMOJI, *FONTS.values()}
    missing = {package for language, package in FONTS.items() if not listed(f":lang={language}")}
    return missing if listed(":color=true") else missing | {EMOJI}


def listed(pattern: str) -> bool:
    return bool(subprocess.run(["fc-list", pattern, "family"], capture_output=True, check=True).stdout.strip())


def provide_fonts() -> None:
    missing = missing_fonts()
    if missing and not (apt_install(*sorted(missing)) and not missing_fonts()):
        raise SystemExit(f"Fonts are missing for the browser tests: sudo apt install {' '.join(sorted(missing))}")


def apt_install(*packages: str) -> bool:
    """Whether the packages are there now; only root of a Debian or Ubuntu may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {' '.join(packages)}", flush=True)
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "-qq", "update"], **quiet)  # type: ignore[call-overload]
    install = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages]
    return subprocess.run(install, **quiet).returncode == 0  # type: ignore[call-overload]


if __name__ == "__main__":
    provide_chromium()
    provide_fonts()
