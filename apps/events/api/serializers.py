"""What clients send, and the shapes they get back (for the schema; documents are built in `documents.py`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from .. import shipped
from ..rules import MOST_MINUTES, Verb


class Strict(serializers.Serializer):
    """Refuses keys it does not know: a misspelt one would be lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {name: [_("This is not known here.")] for name in sorted(map(str, unknown))}
            )
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Takes text alone (a number is no name); cleaning and counting as people count is `core.text`'s."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, trim_whitespace=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # DRF refuses null characters here; `core.text` drops them like other invisible ones.
        return super().run_validation(data.replace("\x00", "") if isinstance(data, str) else data)


class Flag(serializers.BooleanField):
    """true or false, not "yes"."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Joining(Strict):
    name = Text(help_text="1 to 40 characters as people count them")
    remote = Flag(default=False, help_text="not in the room")
    spot = Text(default="", help_text="how to spot me, at most 80 characters")
    whole = Flag(default=False, help_text="it is the whole name, where the event asks for a first and a last one")


class Editing(Strict):
    name = Text(required=False)
    remote = Flag(required=False)
    spot = Text(required=False)
    whole = Flag(required=False)


class Moving(Strict):
    verb = serializers.ChoiceField([verb.value for verb in Verb])
    from_step = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="`now.step` as the host saw it")
    segment = serializers.CharField(required=False, max_length=12, help_text="for `enter`")
    prompt = serializers.CharField(required=False, max_length=12, help_text="for `show_prompt`")
    minutes = serializers.IntegerField(
        required=False, min_value=-MOST_MINUTES, max_value=MOST_MINUTES, help_text="for `add_minutes`; not 0"
    )

    NEEDED = {Verb.ENTER: "segment", Verb.SHOW_PROMPT: "prompt", Verb.ADD_MINUTES: "minutes"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needed = self.NEEDED.get(Verb(attrs["verb"]))
        given = {"segment", "prompt", "minutes"} & attrs.keys()
        if needed and needed not in given:
            raise serializers.ValidationError({needed: [_("This is needed here.")]})
        if extra := given - {needed}:
            raise serializers.ValidationError({name: [_("This does not belong here.")] for name in sorted(extra)})
        return attrs


class Creating(Strict):
    """One of `programme`, `file` and `copy_of`; the rest replaces what that programme says."""

    programme = serializers.ChoiceField(shipped.NAMES, required=False)
    file = serializers.CharField(required=False, trim_whitespace=False, help_text="TOML, see PROGRAMME.md")
    copy_of = serializers.CharField(required=False, max_length=12, help_text="the code of an event one hosts")
    title = serializers.CharField(required=False, allow_blank=True, trim_whitespace=True)
    starts_on = serializers.CharField(required=False, allow_blank=True, help_text="`2024-05-08`")
    starts_at_local = serializers.CharField(required=False, allow_blank=True, help_text="`18:30`")
    timezone = serializers.CharField(required=False, allow_blank=True)
    language = serializers.CharField(required=False, allow_blank=True)
    rehearsal = serializers.RegexField(
        r"^[0-9a-z]{12}$",
        required=False,
        help_text="beside `copy_of` alone: of one's own choice. The copy is in no list, and is erased once nobody who"
        " joined it has been heard from for ten minutes",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "rehearsal" in attrs and (extra := attrs.keys() - {"copy_of", "rehearsal"}):
            raise serializers.ValidationError({name: [_("This does not belong here.")] for name in sorted(extra)})
        if len(attrs.keys() & {"programme", "file", "copy_of"}) != 1:
            raise serializers.ValidationError({"programme": [_("Choose what the event begins with.")]})
        return attrs


class ProgrammeEditing(Strict):
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="as the editor saw it")
    programme = serializers.DictField(
        help_text="keys of a programme file; segments may have an `id`, prompts are `{id, text}`: what has one keeps it"
    )


class Edited(serializers.Serializer):
    by = serializers.CharField(help_text="who saved this version; empty for the first one")
    at = serializers.DateTimeField(allow_null=True)


class EditedProgramme(serializers.Serializer):
    version = serializers.IntegerField()
    edited = Edited()
    programme = serializers.DictField()
    standing = serializers.DictField(help_text="by segment: `current`, `past`, `held` or `opened`")
    shown_prompt = serializers.CharField(allow_null=True)


class BankPrompt(serializers.Serializer):
    text = serializers.CharField()
    title = serializers.CharField(help_text="of the event")
    language = serializers.CharField(help_text="of the event")


class Bank(serializers.Serializer):
    prompts = BankPrompt(many=True)


class Created(serializers.Serializer):
    code = serializers.CharField()


class Confirmation(Strict):
    code = serializers.CharField(max_length=20, help_text="of the event, typed by who means it")


class HomeEvent(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    subtitle = serializers.CharField()
    role = serializers.CharField()
    state = serializers.ChoiceField(["before", "live", "ended"])
    segment = serializers.CharField(allow_null=True, help_text="title of the current one")
    people = serializers.IntegerField()
    language = serializers.CharField()
    timezone = serializers.CharField(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    starts_at_local = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    erased_on = serializers.DateField(allow_null=True)
    listed = serializers.BooleanField()
    archived_at = serializers.DateTimeField(allow_null=True)


class HomeEvents(serializers.Serializer):
    events = HomeEvent(many=True)


class NowDocument(serializers.Serializer):
    state = serializers.ChoiceField(["before", "live", "ended"])
    step = serializers.IntegerField()
    segment = serializers.CharField(allow_null=True)
    prompt = serializers.CharField(allow_null=True)
    entered_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    prompt_shown_at = serializers.DateTimeField(allow_null=True)
    paused_at = serializers.DateTimeField(allow_null=True)
    blanked = serializers.BooleanField()
    joining = serializers.ChoiceField(["open", "closed"])


class MoveDocument(serializers.Serializer):
    id = serializers.CharField()
    step = serializers.IntegerField()
    verb = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    undo_until = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class Moved(serializers.Serializer):
    now = NowDocument()
    move = MoveDocument(allow_null=True)


class AttendeeDocument(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField(help_text="with its visible number, if any")
    remote = serializers.BooleanField()
    spot = serializers.CharField()
    left_at = serializers.DateTimeField(allow_null=True)


class Me(serializers.Serializer):
    attendee = AttendeeDocument()


class Facts(serializers.Serializer):
    event = serializers.DictField()
    now = NowDocument()
    me = AttendeeDocument(allow_null=True)


class StageDocument(serializers.Serializer):
    address = serializers.CharField(help_text="/stage/TOKEN/")


class StageLink(serializers.Serializer):
    stage = StageDocument()


class StreamSnapshot(serializers.Serializer):
    epoch = serializers.CharField()
    version = serializers.IntegerField()
    documents = serializers.DictField()


class Snapshots(serializers.Serializer):
    streams = serializers.DictField(child=StreamSnapshot(), help_text="by `public`, `crew`, `me`")


class Problem(serializers.Serializer):
    """Every "no", on every route."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]  # DRF takes declared fields off the class
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
