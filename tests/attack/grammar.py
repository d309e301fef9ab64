"""The frames a client may say, in every spelling there is, and bent at one place (`frames` has the conversations)."""

import json
import random
from dataclasses import dataclass
from typing import Any

Frame = dict[str, Any]

OUTDATED, NOT_TEXT, TOO_LARGE = 4001, 1007, 1009
# How a line may end where the rules of websockets themselves were broken.
CUT_OFF = {1002, NOT_TEXT, TOO_LARGE, 1006}
ODD: list[Any] = [None, True, -1, 2**53, 10**30, 1.5, "", "0", "\u202e", "é" * 20, [], [0], {}, {"since": 0}]


@dataclass(frozen=True)
class Bent:
    """What is sent in place of a frame: text, bytes of a text frame that is none, or bytes straight to the line."""

    how: str
    codes: set[int]
    text: str | bytes = ""
    raw: bytes = b""


class Grammar:
    """Frames and their spellings, all drawn from one seed."""

    def __init__(self, seed: object, screen: str, token: str) -> None:
        self.random = random.Random(str(seed))
        self.screen, self.token = screen, token

    def hello(self) -> Frame:
        place = {"epoch": self.random.choice(["", "x", "9f86d081", "A-_z" * 4]), "since": self.whole_number()}
        aliases = self.random.sample(["public", "crew", "me"], self.random.randint(0, 3))
        told: Frame = {"type": "hello", "as": self.screen, "streams": dict.fromkeys(aliases, place)}
        if self.token or self.random.random() < 0.3:
            told["token"] = self.token
        return told

    def later(self) -> Frame:
        match self.random.choice(["ack", "ping", "ping", "clap"]):
            case "ack":
                return {"type": "ack", "received": self.random.randint(0, 1)}
            case "ping":
                number = self.random.choice([0, -0.5, 1e-300, 1e300, 81234.5, 2**53, -(10**15)])
                return {"type": "ping", "t": number}
        return {"type": "clap"}

    def whole_number(self) -> int:
        return self.random.choice([0, 1, 17, 2**31, 2**53 - 1])

    def spelt(self, frame: Frame) -> str:
        """One of the many texts that are this frame."""
        pairs = list(frame.items())
        self.random.shuffle(pairs)
        if self.random.random() < 0.2:
            # Of a key that is said twice the last one counts, for every parser there is.
            pairs.insert(0, (pairs[0][0], self.random.choice(ODD)))
        space = self.random.choice(["", " ", "\n\t\r "])
        told = [f"{space}{self.text(key)}{space}:{space}{self.value(value)}{space}" for key, value in pairs]
        return f"{space}{{{','.join(told)}}}{space}"

    def value(self, value: Any) -> str:
        return self.text(value) if isinstance(value, str) else json.dumps(value)

    def text(self, text: str) -> str:
        if self.random.random() < 0.8:
            return json.dumps(text, ensure_ascii=self.random.random() < 0.5)
        return '"' + "".join(f"\\u{ord(letter):04x}" for letter in text) + '"'

    def pieces(self, text: str) -> str | list[str]:
        """Now and then in several frames of the line: it is one message all the same."""
        if self.random.random() < 0.8:
            return text
        cut = sorted(self.random.randint(0, len(text)) for _cut in range(self.random.randint(1, 3)))
        return [text[start:end] for start, end in zip([0, *cut], [*cut, len(text)], strict=True)]

    def bent(self, frame: Frame) -> Bent:
        ways = [self.bent_in_shape, self.bent_in_shape, self.bent_in_text, self.bent_on_the_line]
        return self.random.choice(ways)(frame)

    def bent_in_shape(self, frame: Frame) -> Bent:
        """Well-formed JSON that is no frame of this protocol."""
        changed = json.loads(json.dumps(frame))
        how = self.random.choice(["less", "more", "type", "field", "place", "again", "wrapped"])
        match how:
            case "less":
                needed = {"hello": "as", "ack": "received", "ping": "t", "clap": "type"}[frame["type"]]
                del changed[self.random.choice(["type", needed])]
            case "more":
                changed[self.random.choice(["", "Type", "type ", "times", "__proto__", "x" * 3000])] = 1
            case "type":
                changed["type"] = self.random.choice([*ODD, "Hello", "hello\0", "snapshot", "changes", "ack ", "pong"])
            case "field":
                changed |= self.wrong_field(frame["type"])
            case "place":
                changed = self.hello() | {"streams": self.wrong_streams()}
            case "again":
                # A hello after the hello; before it, something else.
                changed = self.hello() if frame["type"] != "hello" else self.later()
            case "wrapped":
                text = json.dumps(frame)
                return Bent(how, {OUTDATED}, self.random.choice([f"[{text}]", json.dumps(text), f"{text},{text}"]))
        return Bent(how, {OUTDATED}, self.spelt_once(changed))

    def spelt_once(self, frame: Frame) -> str:
        # Not with a key said twice: that could mend what was bent.
        return json.dumps(frame, ensure_ascii=self.random.random() < 0.5)

    def wrong_field(self, kind: str) -> Frame:
        pick = self.random.choice
        match kind:
            case "hello":
                return pick(
                    [
                        {"as": pick([*ODD, "Phone", "phone ", "fridge"])},
                        {"token": pick([None, True, 7, [], {}, "x" * 501])},
                        {"streams": pick([None, True, 7, "", [], [{}]])},
                        {"streams": self.wrong_streams()},
                    ]
                )
            case "ack":
                return {"received": pick([one for one in ODD if type(one) is not int or not 0 <= one < 2**53])}
            case "ping":
                return {"t": pick([one for one in ODD if type(one) not in (int, float)])}
        return {"t": 0}

    def wrong_streams(self) -> Frame:
        pick, place = self.random.choice, {"epoch": "", "since": 0}
        return pick(
            [
                {pick(["", "Public", "everything", "me/1", "__proto__"]): place},
                {"public": pick(ODD)},
                {"public": {"epoch": pick([None, 7, "x" * 17, "a b", "é", "\0", []]), "since": 0}},
                {"me": {"epoch": "", "since": pick([None, True, -1, 2**53, 1.5, 1e300, "1", []])}},
                {"me": place | {"more": 1}},
                {"crew": {"since": 0}},
            ]
        )

    def bent_in_text(self, frame: Frame) -> Bent:
        """No JSON, not text, or too much of it."""
        text = json.dumps(frame)
        place = self.random.randrange(1, len(text))
        many = self.random.choice(["[", '{"type":', '"\\ud83d'])
        return self.random.choice(
            [
                Bent("cut short", {OUTDATED}, text[:place]),
                Bent("more behind", {OUTDATED}, text + self.random.choice([text, "x", "\0", ",", "}"])),
                Bent("a mark of byte order", {OUTDATED}, "\ufeff" + text),
                Bent(
                    "not quite JSON", {OUTDATED}, text[:-1] + self.random.choice([",}", ',"t":NaN}', ',"t":01}', "//}"])
                ),
                Bent("single quotes", {OUTDATED}, text.replace('"', "'")),
                Bent("deep", {OUTDATED}, many * (4000 // len(many))),
                Bent("padded", {OUTDATED}, text + " " * 4100),
                Bent("binary", {OUTDATED}, text.encode()),
                Bent("too large", {TOO_LARGE}, text + " " * 17_000),
            ]
        )

    def bent_on_the_line(self, frame: Frame) -> Bent:
        """Bytes that are no frame of a websocket, or not one of a client."""
        text = json.dumps(frame).encode()[:100]
        head = lambda first, size: bytes([first, 0x80 | size]) + b"\0\0\0\0"  # noqa: E731 - a mask of zeros
        odd = self.random.choice([0x83, 0x87, 0x8B, 0x8F])
        reserved = self.random.choice([0xC1, 0xA1, 0x91])
        return self.random.choice(
            [
                Bent("no mask", CUT_OFF, raw=bytes([0x81, len(text)]) + text),
                Bent("an unknown opcode", CUT_OFF, raw=head(odd, len(text)) + text),
                Bent("a reserved bit", CUT_OFF, raw=head(reserved, len(text)) + text),
                Bent("a ping in pieces", CUT_OFF, raw=head(0x09, 1) + b"x"),
                Bent("a long ping", CUT_OFF, raw=b"\x89\xfe\x00\x7e\0\0\0\0" + b"x" * 126),
                Bent("a piece of nothing", CUT_OFF, raw=head(0x80, 1) + b"x"),
                Bent("an endless frame", CUT_OFF, raw=b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"\0\0\0\0"),
                Bent("a close without a code", CUT_OFF, raw=head(0x88, 1) + b"\x03"),
                Bent("bytes that are no text", CUT_OFF, raw=head(0x81, 4) + b"\xff\xfe\xc0\x80"),
                Bent("half a letter", CUT_OFF, raw=head(0x81, 2) + b"\xf0\x9f"),
            ]
        )
