"""The picture of a community: drawn anew before it is kept, and small enough to stand in a programme file."""

import base64
import binascii
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.reencoding import redraw
from apps.core.refusal import Refusal

# An event or two being edited, in each of their forms.
REMEMBERED = 16
remembered: OrderedDict[bytes, "Drawn"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Drawn:
    """WebP; `width` and `height` in pixels; `ground` is "paper" or "ink" where it lets through what it lies on."""

    data: bytes
    width: int
    height: int
    ground: str

    @property
    def text(self) -> str:
        """As it stands in a programme file."""
        return base64.b64encode(self.data).decode()

    @property
    def name(self) -> str:
        """Of its bytes and of nothing else: another picture has another address, and this one never another picture."""
        return hashlib.sha256(self.data).hexdigest()[:20]


def drawn(data: bytes) -> Drawn:
    """As it may be shown; drawn again it is the same. Refuses what `redraw` refuses.

    Costs a second in a process of its own, so do it before a transaction: in there, it is remembered.
    """
    if found := remembered.get(data):
        return remember(found, data)
    made = redraw(data, "logo")
    return remember(Drawn(made.sizes["logo"], made.width, made.height, made.ground), data)


def remember(logo: Drawn, data: bytes | None = None) -> Drawn:
    """Of what was drawn already nothing is drawn again; what was asked for longest ago is forgotten first."""
    for key in (logo.data, data or logo.data):
        remembered[key] = logo
        remembered.move_to_end(key)
    while len(remembered) > REMEMBERED:
        remembered.popitem(last=False)
    return logo


def read(text: str) -> Drawn:
    """The logo of a programme file; white space is welcome. Refuses `not_a_picture` and what `drawn` refuses."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error) as error:
        raise Refusal("not_a_picture", _("This is not a picture in base64."), status=400) from error
    return drawn(data)


def told(alt: str, logo: Drawn) -> dict[str, Any]:
    """What an event keeps in sight of it."""
    return {"alt": alt, "name": logo.name, "width": logo.width, "height": logo.height, "ground": logo.ground}
