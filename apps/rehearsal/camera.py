"""Pictures that simulated people take: small, valid, and with a mark where cameras write about themselves."""

import io
import random

from PIL import Image, PngImagePlugin

from .browser import Form

COLOURS = ("#c8553d", "#588157", "#3d5a80", "#f0bd5b")


def picture(chance: random.Random, caption: str, hidden: str) -> Form:
    """A form with a PNG; `hidden` stands in its metadata, and must never be seen again."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", hidden)
    file = io.BytesIO()
    Image.new("RGB", (64, 48), chance.choice(COLOURS)).save(file, "PNG", pnginfo=info)
    return Form({"consent": "true", "caption": caption}, ("wall.png", file.getvalue(), "image/png"))
