"""Pictures as phones send them, and as nobody should: each has a name, bytes, and metadata that must not survive."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageCms, ImageDraw

CANARY = b"canary7x"
WORD = CANARY.decode()


@cache
def scene(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Red at the top left, blue at the bottom right."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 2), "red")
    pen.rectangle((width // 2, height // 2, width, height), "blue")
    return image.convert(mode)


def saved(image: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """As a camera writes it: the place, the owner, and how it was held."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = tags[0x013B] = tags[0x8298] = WORD
    tags.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0), 29: WORD})
    return tags


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY


def png(
    width: int, height: int, *chunks: tuple[bytes, bytes], depth: int = 8, colour: int = 2, data: bytes = b""
) -> bytes:
    """A PNG of one's own making, so that it may lie."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_that_says(width: int, height: int) -> bytes:
    """An honest JPEG whose frame header names another size (SOF0: height and width after FF C0, length, precision)."""
    data = bytearray(saved(scene(64, 64), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def scans(count: int, size: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small to send, long to read."""
    data = saved(scene(size, size), "JPEG", progressive=True, quality=30)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + data[-2:]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("index.html", f"<script>{WORD}</script>")
    return out.getvalue()


SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><script>{WORD}</script></svg>'.encode()
HTML = f"<!doctype html><script>{WORD}</script>".encode()


def honest() -> Iterator[tuple[str, bytes]]:
    """What has to be read, with everything in it that must not be kept."""
    for turn in range(1, 9):
        yield f"jpeg held {turn}", saved(scene(), "JPEG", exif=exif(turn), comment=CANARY, icc_profile=profile())
    yield "jpeg progressive", saved(scene(), "JPEG", progressive=True, comment=CANARY)
    yield "jpeg grey", saved(scene(mode="L"), "JPEG", comment=CANARY)
    yield "jpeg cmyk", saved(scene(mode="CMYK"), "JPEG", comment=CANARY)
    yield "jpeg large", saved(scene(4000, 3000), "JPEG", exif=exif(6))
    yield "jpeg with two views", saved(scene(), "MPO", save_all=True, append_images=[scene()], exif=exif())
    texts = (
        (b"tEXt", b"Comment\0" + CANARY),
        (b"eXIf", exif().tobytes()),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY),
    )
    yield "png with texts", png(32, 32, *texts, data=bytes(33 * 97))
    for mode in ("RGBA", "LA", "L", "P", "1", "I;16"):
        yield (
            f"png {mode}",
            saved(
                scene().convert("L").convert("I").point(lambda v: v * 256).convert("I;16")
                if mode == "I;16"
                else scene(mode=mode),
                "PNG",
            ),
        )
    yield "png 16 bits of each colour", png(32, 32, depth=16, data=bytes(32 * (1 + 32 * 6)))
    yield "png transparent palette", saved(scene(mode="P"), "PNG", transparency=0)
    yield "png moving", saved(scene(), "PNG", save_all=True, append_images=[scene(mode="L").convert("RGB")])
    yield "webp", saved(scene(), "WEBP", exif=exif(3), xmp=CANARY, icc_profile=profile())
    yield "webp lossless", saved(scene(mode="RGBA"), "WEBP", lossless=True)
    yield (
        "webp moving",
        saved(scene(), "WEBP", save_all=True, append_images=[scene(mode="L").convert("RGB")], exif=exif()),
    )
    for name, tail in (("zip", archive()), ("html", HTML), ("svg", SVG), ("itself", saved(scene(), "PNG"))):
        yield f"jpeg and {name}", saved(scene(), "JPEG") + tail
        yield f"png and {name}", saved(scene(), "PNG") + tail
    yield "profile of nonsense", saved(scene(), "JPEG", icc_profile=CANARY * 500)


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """What has to be refused, and with which code."""
    for name, data in nonsense():
        yield name, data, "not_a_picture"
    yield "png of one pixel", png(1, 1, data=bytes(4)), "too_few_pixels"
    for name, data in bombs():
        yield name, data, "too_many_pixels"


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "png bomb, one bit a pixel", png(60_000, 60_000, depth=1, colour=0, data=bytes(10_000_000))
    yield "png bomb, just too large", png(4900, 4900, data=bytes(4900 * 14_701))
    yield "png of two thousand million", png(2**31 - 1, 2**31 - 1)
    yield "jpeg of 4 thousand million", jpeg_that_says(65_500, 65_500)
    yield "jpeg just too large", jpeg_that_says(7100, 7100)
    yield "webp too large", saved(Image.new("RGB", (5000, 5000)), "WEBP", lossless=True, quality=0, method=0)


def nonsense() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "svg", SVG
    yield "html", HTML
    yield "zip", archive()
    yield "zip and jpeg", archive() + saved(scene(), "JPEG")
    yield "html that says it is png", b"\x89PNG\r\n\x1a\n" + HTML
    yield "postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(" + CANARY + b") run\n"
    for format_ in ("GIF", "BMP", "TIFF", "ICO", "PPM", "PCX", "TGA", "PDF"):
        yield f"another kind: {format_}", saved(scene(), format_)
    yield "png of no width", png(0, 16)
    yield "png that ends early", png(512, 512, data=b"\0")
    for share in (0.02, 0.1, 0.5, 0.9):
        for format_ in ("JPEG", "PNG", "WEBP"):
            whole = saved(scene(), format_)
            yield f"{format_} cut at {share}", whole[: int(len(whole) * share)]


def odd() -> Iterator[tuple[str, bytes]]:
    """What may be read or refused, but must not fill the memory or take for ever."""
    packed = zlib.compress(bytes(100_000_000), 9)
    text = (b"zTXt", b"Comment\0\0" + packed)
    yield "png text bomb", png(32, 32, text, data=bytes(33 * 97))
    yield "png profile bomb", png(32, 32, (b"iCCP", b"p\0\0" + packed), data=bytes(33 * 97))
    yield "png of much data", png(32, 32, data=bytes(100_000_000))
    yield "jpeg that says it is larger", jpeg_that_says(6000, 6000)
    yield "jpeg of many scans", scans(400, 3000)
    yield (
        "exif that points at itself",
        saved(scene(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"),
    )


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Honest ones with bytes turned, parts moved, doubled, cut or filled; the same for the same seed."""
    chance = random.Random(seed)
    sources = [data for _name, data in honest() if len(data) < 60_000]
    for number in range(count):
        data = bytearray(chance.choice(sources))
        for _change in range(chance.choice((1, 1, 2, 5, 20))):
            start = int(len(data) * chance.random() ** 2)
            length = chance.choice((1, 1, 2, 4, 16, 200))
            part = data[start : start + length]
            match chance.randrange(5):
                case 0:
                    data[start : start + length] = chance.randbytes(len(part))
                case 1:
                    data[start:start] = part * chance.choice((1, 3))
                case 2:
                    del data[start : start + length]
                case 3:
                    data[start : start + length] = bytes([chance.choice((0, 0x7F, 0xFF))]) * len(part)
                case _:
                    other = chance.choice(sources)
                    data[start : start + length] = other[start : start + length]
        yield f"mutated {seed}/{number}", bytes(data)
