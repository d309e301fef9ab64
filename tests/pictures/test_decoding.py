"""Hostile and honest pictures: nothing crashes but a child, and what comes out has nothing but pixels."""

import io
import itertools
import json
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from apps.core import decoding, reencoding
from apps.core.reencoding import Redrawn, read
from apps.core.refusal import Refusal

from . import samples
from .samples import CANARY

# SOI, JFIF, quantisation, baseline and progressive frame, Huffman tables, scan; none that could carry words.
PLAIN = {0xD8, 0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}


class Many:
    def __init__(self) -> None:
        script = Path(__file__).with_name("many.py")
        self.child = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def decode(self, data: bytes) -> Redrawn | str:
        """What came out, or the code of the refusal; memory is held to its bound on the way."""
        self.child.stdin.write(struct.pack(">I", len(data)) + data)
        self.child.stdin.flush()
        told = json.loads(self.child.stdout.readline())
        answer = self.child.stdout.read(told["length"])
        assert told["memory"] <= decoding.MEMORY_BYTES
        try:
            return read(answer if told["status"] == 0 else b"")
        except Refusal as no:
            return no.code


@pytest.fixture(scope="module")
def many() -> Iterator[Many]:
    running = Many()
    yield running
    running.child.stdin.close()
    running.child.stdout.close()
    assert running.child.wait(30) == 0


def check_plain(redrawn: Redrawn) -> None:
    assert set(redrawn.sizes) == set(decoding.SIZES)
    for name, data in redrawn.sizes.items():
        assert CANARY not in data
        assert set(markers(data)) <= PLAIN
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert not image.getexif()
            assert max(image.size) <= decoding.SIZES[name]
            assert image.info.keys() <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
            if name == "large":
                assert image.size == (redrawn.width, redrawn.height)


def markers(data: bytes) -> Iterator[int]:
    """The markers of a JPEG up to its end, behind which nothing may come."""
    assert data.startswith(b"\xff\xd8")
    assert data.endswith(b"\xff\xd9")
    at = 2
    yield 0xD8
    while at < len(data) - 2:
        assert data[at] == 0xFF
        yield data[at + 1]
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        # A scan's own bytes: a marker is an FF before anything but 00.
        while at < len(data) - 2 and (data[at] != 0xFF or data[at + 1] == 0):
            at += 1
        if data[at : at + 2] == b"\xff\xd9":
            assert at == len(data) - 2


def test_an_honest_one_is_drawn_anew_from_its_pixels_alone(many: Many) -> None:
    found = {name: many.decode(data) for name, data in samples.honest()}
    assert {name: code for name, code in found.items() if isinstance(code, str)} == {}
    for redrawn in found.values():
        check_plain(redrawn)


def test_a_hostile_one_is_refused(many: Many) -> None:
    found = {name: many.decode(data) for name, data, _code in samples.hostile()}
    assert found == {name: code for name, _data, code in samples.hostile()}


def test_however_a_camera_was_held_the_picture_is_upright(many: Many) -> None:
    upright = samples.scene(320, 240)
    for turn, undone in decoding.UPRIGHT.items():
        opposite = {
            Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
            Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90,
        }
        held = upright.transpose(opposite.get(undone, undone))
        redrawn = many.decode(samples.saved(held, "JPEG", exif=samples.exif(turn), quality=95))
        with Image.open(io.BytesIO(redrawn.sizes["large"])) as image:
            assert image.size == (320, 240)
            assert [max(range(3), key=image.getpixel(spot).__getitem__) for spot in ((40, 30), (280, 210))] == [0, 2]


def test_shades_survive(many: Many) -> None:
    """16 bits of grey stay grey, what is transparent turns white, ink turns into light."""
    deep = samples.scene().convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    see_through = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    ink = Image.new("CMYK", (64, 64), (0, 0, 0, 255))
    for data, spot, expected in (
        (samples.saved(deep, "PNG"), (300, 20), samples.scene().convert("L").getpixel((300, 20))),
        (samples.saved(see_through, "PNG"), (30, 30), 255),
        (samples.saved(ink, "JPEG", quality=95), (30, 30), 0),
    ):
        with Image.open(io.BytesIO(many.decode(data).sizes["large"])) as image:
            assert all(abs(value - expected) < 40 for value in image.getpixel(spot))


def test_mutated_ones_crash_nothing(many: Many) -> None:
    for name, data in itertools.chain(
        samples.mutated(40, seed=1), (one for one in samples.odd() if "scans" not in one[0])
    ):
        found = many.decode(data)
        if isinstance(found, Redrawn):
            check_plain(found)
        else:
            assert found in ("not_a_picture", "too_many_pixels", "too_few_pixels"), name


@pytest.mark.slow
def test_a_thousand_mutated_ones_crash_nothing(many: Many) -> None:
    drawn = 0
    for _name, data in itertools.chain(samples.odd(), *(samples.mutated(250, seed) for seed in range(2, 6))):
        found = many.decode(data)
        if isinstance(found, Redrawn):
            drawn += 1
            check_plain(found)
    assert drawn > 100


def test_as_the_server_runs_it() -> None:
    redrawn = reencoding.redraw(samples.saved(samples.scene(), "JPEG", exif=samples.exif(6), comment=CANARY))
    assert (redrawn.width, redrawn.height) == (240, 320)
    check_plain(redrawn)
    with pytest.raises(Refusal) as refused:
        reencoding.redraw(samples.SVG)
    assert (refused.value.code, refused.value.status) == ("not_a_picture", 400)


def test_a_child_that_takes_long_is_killed_and_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reencoding, "TIMEOUT_SECONDS", 0.01)
    for _try in range(reencoding.AT_ONCE[""] + 1):
        with pytest.raises(Refusal) as refused:
            reencoding.redraw(samples.saved(samples.scene(), "JPEG"))
        assert (refused.value.code, refused.value.status) == ("busy", 503)
    monkeypatch.setitem(reencoding.PATIENCE_SECONDS, "", 0.01)
    turns = reencoding.turns[""]
    with turns, turns, pytest.raises(Refusal) as refused:
        reencoding.redraw(b"")
    assert (refused.value.code, refused.value.status) == ("busy", 503)


def test_logos_take_no_turn_from_pictures_and_pictures_none_from_logos(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many of one kind are being drawn as may be: one more of it waits in vain, and the other kind does not."""
    begun, may_end = threading.Semaphore(0), threading.Event()

    def endless(_data: bytes, _wish: str = "") -> bytes:
        begun.release()
        assert may_end.wait(30)
        return b'{"width": 1, "height": 1, "sizes": {}}'

    monkeypatch.setattr(reencoding, "run", endless)
    monkeypatch.setattr(reencoding, "PATIENCE_SECONDS", {"": 0.2, "logo": 0.2})
    for wish, other in (("logo", ""), ("", "logo")):
        may_end.clear()
        with ThreadPoolExecutor() as many:
            try:
                drawn = [many.submit(reencoding.redraw, b"", wish) for _one in range(reencoding.AT_ONCE[wish])]
                assert all(begun.acquire(timeout=30) for _one in drawn)
                with pytest.raises(Refusal, match="busy"):
                    reencoding.redraw(b"", wish)
                drawn.append(many.submit(reencoding.redraw, b"", other))
                begun.acquire(timeout=30)
            finally:
                may_end.set()
            assert [one.result().width for one in drawn] == [1] * len(drawn)


def test_a_child_has_no_environment_and_may_neither_write_nor_open(tmp_path: Path) -> None:
    """What a decoder taken over could do."""
    tries = (
        f"import sys; sys.path.insert(0, {str(Path(decoding.__file__).parent)!r}); import decoding, os\n"
        "decoding.draw_limits(); print(sorted(os.environ))\n"
        f"try: os.open({str(tmp_path / 'x')!r}, os.O_WRONLY | os.O_CREAT)\n"
        "except OSError as no: print(no.errno)\n"
        "try: bytearray(decoding.MEMORY_BYTES)\n"
        "except MemoryError: print('full')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", tries], env={}, capture_output=True, text=True, check=True)
    environment, errno, memory = done.stdout.split("\n")[:3]
    assert set(json.loads(environment.replace("'", '"'))) <= {"LC_CTYPE"}
    assert (errno, memory) == ("24", "full")
