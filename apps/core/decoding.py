"""Decodes one picture in a process of its own: a hostile file can crash, fill or hang nothing but this.

Run as a script: the file on standard input; on standard output a line of JSON and, unless it says `refused`, the bytes
of the sizes it names, in that order. With the argument `logo` there is one size, WebP without loss, which drawn again
is the very same file. Imports nothing of socialhub, and needs no environment.

Whatever comes out was drawn anew from the pixels: no metadata, no profile, no trailing bytes of the file survive.
"""

import contextlib
import io
import json
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

# All that decoding may need is loaded before the limits are drawn. MPO: a camera's JPEG with a second view.
from PIL import Image, ImageCms, ImageStat, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

# Longest side in pixels. A projector shows 1920 × 1080, a phone's gallery two in a row at three dots a pixel.
SIZES = {"large": 1920, "small": 640}
QUALITY = {"large": 82, "small": 78}
SHORTEST = 16
# Longest side of a logo, and how many colours: what has too many bytes, a photograph, gets fewer colours or pixels.
LOGO_STEPS = ((512, None), (512, 128), (384, 128), (256, 128), (256, None), (192, None), (128, None))
LOGO_BYTES = 64 * 1024
# A JPEG is drawn small while it is read; of the others every pixel is held, at four bytes.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_OTHER_PIXELS = 24_000_000

MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 6

FORMATS = ["JPEG", "PNG", "WEBP"]
# EXIF 2.32, tag 0x0112: what undoes each way a camera can have been held.
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class NotWelcome(Exception):
    """`args[0]` is the code of the reason: `not_a_picture`, `too_many_pixels` or `too_few_pixels`."""


def with_heic() -> None:
    """HEIC is read where `pillow-heif` is installed."""
    with contextlib.suppress(ImportError):
        import pillow_heif  # type: ignore[import-not-found,unused-ignore]

        pillow_heif.register_heif_opener()
        FORMATS.append("HEIF")


def draw_limits() -> None:
    """Of memory, time, files written and files opened; a system that does not know one goes without it."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    # Phones are served first.
    with contextlib.suppress(OSError):
        os.nice(10)


def redrawn(data: bytes, wish: str = "") -> tuple[dict[str, Any], dict[str, bytes]]:
    """`width` and `height` of the large one, each size as JPEG, or a logo; refuses with `NotWelcome`."""
    try:
        return drawn_as_logo(opened(data)) if wish == "logo" else drawn(opened(data))
    except NotWelcome:
        raise
    except Exception as error:
        # Decoders answer nonsense with every exception there is.
        raise NotWelcome("not_a_picture") from error


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if min(width, height) < SHORTEST:
        raise NotWelcome("too_few_pixels")
    if width * height > MOST_PIXELS.get(image.format or "", MOST_OTHER_PIXELS):
        raise NotWelcome("too_many_pixels")
    return image


def drawn(image: Image.Image) -> tuple[dict[str, Any], dict[str, bytes]]:
    turn = UPRIGHT.get(orientation(image))
    profile = image.info.get("icc_profile")
    most = SIZES["large"]
    # Asks a JPEG's decoder for a half, quarter or eighth where that is still enough. Of moving ones, the first picture.
    image.draft("RGB", (most, most))
    image.load()
    if image.mode.startswith(("I", "F")):
        # 16 bits of grey; `convert` alone would cut everything above 255.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data or image.mode in ("P", "1", "LA", "PA", "La", "RGBa"):
        image = on_white(image)
    image.thumbnail((most, most), Image.Resampling.LANCZOS)
    image = in_srgb(image, profile)
    if turn is not None:
        image = image.transpose(turn)
    sizes = {}
    for name, longest in SIZES.items():
        smaller = image.copy()
        smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        sizes[name] = encoded(smaller, QUALITY[name])
    return {"width": image.width, "height": image.height}, sizes


def drawn_as_logo(image: Image.Image) -> tuple[dict[str, Any], dict[str, bytes]]:
    """`width`, `height`, and the `ground` that it needs: `paper` or `ink` where it lets it through, else ""."""
    turn = UPRIGHT.get(orientation(image))
    profile = image.info.get("icc_profile")
    image.draft("RGB", (LOGO_STEPS[0][0], LOGO_STEPS[0][0]))
    image.load()
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    alpha = None
    if image.has_transparency_data or image.mode in ("P", "1", "LA", "PA", "La", "RGBa"):
        layer = image.convert("RGBA")
        image, alpha = layer.convert("RGB"), layer.getchannel("A")
    image = in_srgb(image, profile)
    if alpha and alpha.tobytes() != bytes([255]) * (alpha.width * alpha.height):
        image.putalpha(alpha)
    if turn is not None:
        image = image.transpose(turn)
    for side, colours in LOGO_STEPS:
        smaller = image.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        data = without_loss(flat(smaller, colours) if colours else smaller)
        if len(data) <= LOGO_BYTES:
            return {"width": smaller.width, "height": smaller.height, "ground": ground_of(smaller)}, {"logo": data}
    raise NotWelcome("too_many_pixels")


def flat(image: Image.Image, colours: int) -> Image.Image:
    return image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert(image.mode)


def without_loss(image: Image.Image) -> bytes:
    if image.mode == "RGBA":
        # What shows nowhere has no colour: else two files would be of one picture.
        clear = Image.new("RGBA", image.size, (0, 0, 0, 0))
        clear.paste(image, mask=image.getchannel("A").point(lambda value: 255 if value else 0))
        image = clear
    plain = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    plain.save(out, "WEBP", lossless=True, quality=40, method=2, exact=True)
    return out.getvalue()


def ground_of(image: Image.Image) -> str:
    if image.mode != "RGBA":
        return ""
    shown = image.getchannel("A").point(lambda value: 255 if value > 127 else 0)
    grey = ImageStat.Stat(image.convert("L"), mask=shown).mean if shown.getbbox() else [0]
    return "ink" if grey[0] > 160 else "paper"


def orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as screens understand them without a profile; a profile that is nonsense is left out."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(Exception):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def encoded(image: Image.Image, quality: int) -> bytes:
    # Pillow copies comments and more from an image it has read: only pixels go on.
    plain = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def answer(data: bytes, write: Callable[[bytes], Any], wish: str = "") -> None:
    try:
        told, sizes = redrawn(data, wish)
        head = {**told, "sizes": {name: len(part) for name, part in sizes.items()}}
    except NotWelcome as no:
        head, sizes = {"refused": no.args[0]}, {}
    except MemoryError:
        head, sizes = {"refused": "too_many_pixels"}, {}
    write(json.dumps(head).encode() + b"\n" + b"".join(sizes.values()))


def main() -> None:
    warnings.simplefilter("ignore")
    # Our own limits are stricter, and say why.
    Image.MAX_IMAGE_PIXELS = None
    Image.preinit()
    with_heic()
    data = sys.stdin.buffer.read()
    draw_limits()
    answer(data, sys.stdout.buffer.write, *sys.argv[1:])


__all__ = ["JpegImagePlugin", "MpoImagePlugin", "PngImagePlugin", "WebPImagePlugin", "redrawn"]

if __name__ == "__main__":
    main()
