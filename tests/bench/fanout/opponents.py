"""Who runs, how it is started, and how a socket says hello to it."""

import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = pathlib.Path(__file__).parent
NODE = HERE.parent / "node"


@dataclass(frozen=True)
class Opponent:
    """A server that prints its port; then, for each line in, `all` get one message or `each` one of their own."""

    name: str
    command: list[str]
    path: str = "/"
    hello: str = ""
    largest: int = 10_000
    takes_count: bool = False
    most: int = 100  # broadcasts of one run, where one takes seconds


def python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"tests.bench.fanout.{module}", *arguments]


def opponents(redis_url: str) -> list[Opponent]:
    """All that can run here; Node's two are left out, and said to be, where there is no Node."""
    found = [
        Opponent("bare loop", python("bare")),
        Opponent("socialhub", [sys.executable, "-m", "tests.bench.hall"], takes_count=True),
        Opponent("websockets.broadcast", python("websockets_broadcast")),
    ]
    if node := shutil.which("node"):
        install_node_opponents()
        found += [
            Opponent("Node ws", [node, str(NODE / "ws.mjs")]),
            Opponent("socket.io", [node, str(NODE / "socketio.mjs")], "/socket.io/?EIO=4&transport=websocket", "40"),
        ]
    else:
        print("no Node here: ws and socket.io are left out", file=sys.stderr)
    found += [
        # Its time grows with the square of the sockets: one broadcast to 5,000 takes minutes.
        Opponent("Channels, in memory", python("stock_channels"), largest=1_000, most=5),
        Opponent("Channels, Redis", python("stock_channels", redis_url), largest=5_000, most=3),
    ]
    return found


def install_node_opponents() -> None:
    """From the lock beside them, once."""
    if not (NODE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=NODE, check=True, stdout=sys.stderr)
