"""A rule's "no": a code for programs and a sentence for people."""

from collections.abc import Mapping, Sequence


def gettext_noop(sentence: str) -> str:
    """Marks a sentence of rules, which know no Django, for translation; whoever shows it passes it through gettext."""
    return sentence


class Refusal(Exception):
    """Raised by rules and actions; every door (HTTP, websocket, page) tells it in its own way.

    `code` is a stable lower_snake word, `message` a translated sentence, `status` the HTTP status,
    `fields` the sentences that belong next to single inputs.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 409,
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = str(message)
        self.status = status
        self.fields = {name: [str(text) for text in texts] for name, texts in (fields or {}).items()}

    def as_body(self) -> dict[str, object]:
        """The one shape of an error, `{"code", "message"}` and `"fields"` where there are any."""
        body: dict[str, object] = {"code": self.code, "message": self.message}
        if self.fields:
            body["fields"] = self.fields
        return body
