"""A meeting point that can be seen across a room: colour, symbol and number, told apart without colour, too."""

COLOURS = ("coral", "sky", "leaf", "sun", "violet", "sea", "rose", "sand")
SYMBOLS = (
    "circle",
    "triangle",
    "square",
    "star",
    "heart",
    "moon",
    "cross",
    "drop",
    "wave",
    "house",
    "leaf",
    "diamond",
)


def sign(number: int) -> dict[str, str | int]:
    """The sign of group `number`, counted from 1: 96 pairs of colour and symbol before one comes again."""
    place = number - 1
    colour = COLOURS[place % len(COLOURS)]
    symbol = SYMBOLS[(place + place // len(COLOURS)) % len(SYMBOLS)]
    return {"colour": colour, "symbol": symbol, "number": number}
