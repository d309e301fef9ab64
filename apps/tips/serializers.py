"""What clients send about tips, and the shapes they get back."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.core.limits import THEMES_PER_WALL
from apps.events.api.serializers import Flag, Strict, Text

from .models import COLOURS
from .moderation import REASONS, Verb

DECISIONS = (Verb.APPROVE, Verb.DECLINE, Verb.TAKE_DOWN, Verb.PUT_BACK, Verb.RECONSIDER)


class Id(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, **options)


class Writing(Strict):
    text = Text(help_text="1 to 280 characters as people count them, some lines")
    signed = Flag(required=False, help_text="where the event leaves it open")


class Moderating(Strict):
    verb = serializers.ChoiceField([verb.value for verb in DECISIONS])
    reason = serializers.CharField(required=False, max_length=20, help_text=f"for `decline`: {', '.join(REASONS)}")
    words = Text(required=False, help_text="for `decline`: what the author reads instead of the reason's sentence")
    theme = Id(required=False, help_text="for `approve`")
    seen = Text(required=False, help_text="for `approve`: the text that was read")

    BELONGS = {"reason": Verb.DECLINE, "words": Verb.DECLINE, "theme": Verb.APPROVE, "seen": Verb.APPROVE}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if extra := [name for name, verb in self.BELONGS.items() if name in attrs and verb != attrs["verb"]]:
            raise serializers.ValidationError({name: [_("This does not belong here.")] for name in extra})
        return attrs


class Rewording(Strict):
    text = Text()
    seen = Text(required=False, help_text="the text that was read")


class Approving(Strict):
    tips = serializers.ListField(child=Id(), min_length=1, max_length=500)
    seen = serializers.DictField(
        child=serializers.CharField(max_length=24),
        required=False,
        help_text="by tip: the `written_at` of what was read",
    )


class Undoing(Strict):
    """As many as are approved at once."""

    tips = serializers.ListField(child=Id(), min_length=1, max_length=500)


class Switching(Strict):
    revealed = Flag(required=False)
    moderated = Flag(required=False)
    themes_on_stage = Flag(required=False)


class NewTheme(Strict):
    name = Text(help_text="1 to 60 characters")
    colour = serializers.ChoiceField(COLOURS, required=False)
    tips = serializers.ListField(child=Id(), required=False, max_length=500, help_text="these move there: a split")


class EditedTheme(Strict):
    name = Text(required=False)
    colour = serializers.ChoiceField(COLOURS, required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=THEMES_PER_WALL)


class Merging(Strict):
    into = Id()


class Placing(Strict):
    theme = Id(allow_null=True)


class Accepting(Strict):
    name = Text(required=False, help_text="another name than the suggested one")


class Refusing(Strict):
    """`tip` and `theme`: not under this one; `tips`: these two do not say the same."""

    tip = Id(required=False)
    theme = Id(required=False)
    tips = serializers.ListField(child=Id(), required=False, min_length=2, max_length=2)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.keys() not in ({"tip", "theme"}, {"tips"}):
            raise serializers.ValidationError({"tips": [_("Either a tip and a theme, or two tips.")]})
        return attrs


class TipDocument(serializers.Serializer):
    tip = serializers.DictField(allow_null=True)


class WallDocument(serializers.Serializer):
    wall = serializers.DictField()


class ThemeDocument(serializers.Serializer):
    theme = serializers.DictField()


class Approved(serializers.Serializer):
    approved = serializers.ListField(child=serializers.CharField())
    left = serializers.DictField(child=serializers.CharField(), help_text="by tip: the code of why not")


class Undone(serializers.Serializer):
    undone = serializers.ListField(child=serializers.CharField())
    left = serializers.DictField(child=serializers.CharField(), help_text="by tip: the code of why not")


class VotesDocument(serializers.Serializer):
    votes = serializers.DictField()


class Log(serializers.Serializer):
    decisions = serializers.ListField(child=serializers.DictField())
