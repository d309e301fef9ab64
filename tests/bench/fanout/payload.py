"""What every opponent sends: about 300 bytes of JSON that carry the instant of the publish call."""

import json
import struct
import time

PADDING = "What inspired you to enter the field of AI research, and what continues to motivate you today? " * 2


def document() -> dict[str, object]:
    """About 260 bytes; `bench_ns` is CLOCK_MONOTONIC, which all processes of a machine share."""
    return {"bench_ns": time.monotonic_ns(), "prompt": PADDING}


def payload(told: dict[str, object]) -> bytes:
    return json.dumps({"type": "changes", "document": told}).encode()


def server_frame(body: bytes) -> bytes:
    """An unmasked text frame (RFC 6455)."""
    assert 126 <= len(body) < 65536
    return b"\x81\x7e" + struct.pack("!H", len(body)) + body
