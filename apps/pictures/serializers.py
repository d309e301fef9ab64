"""What clients send about pictures, and the shapes they get back."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.core.limits import PICTURE_BYTES
from apps.core.refusal import Refusal
from apps.events.api.serializers import Strict, Text

from .rules import REASONS, Verb

VERBS = [verb.value for verb in Verb]


class SendingPicture(Strict):
    """A form with a file: everything in it is text but the file."""

    file = serializers.FileField(help_text="JPEG, PNG or WebP, at most 10 MB; HEIC where the server can read it")
    consent = serializers.BooleanField(help_text="true: everybody in it knows that it will be shown, and agrees")
    caption = Text(default="", help_text="at most 80 characters")
    signed = serializers.BooleanField(default=False, help_text="whether the sender's name stands below it")

    def validate_file(self, file: Any) -> Any:
        if file.size > PICTURE_BYTES:
            sentence = str(_("This file is too large. Please choose one under 10 MB."))
            raise Refusal("too_large", sentence, status=413, fields={"file": [sentence]})
        return file

    def validate_consent(self, agreed: bool) -> bool:
        if not agreed:
            sentence = str(_("Please ask the people in it first."))
            raise Refusal("consent_missing", sentence, status=400, fields={"consent": [sentence]})
        return agreed


class DecidingPicture(Strict):
    verb = serializers.ChoiceField(VERBS)
    reason = serializers.ChoiceField(sorted(REASONS), required=False, help_text="for `decline`")
    words = Text(required=False, help_text="for `decline`: own words instead of the reason's sentence")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["verb"] != Verb.DECLINE and (extra := {"reason", "words"} & attrs.keys()):
            raise serializers.ValidationError({name: [_("This does not belong here.")] for name in sorted(extra)})
        return {**attrs, "verb": Verb(attrs["verb"])}


class SentPicture(serializers.Serializer):
    id = serializers.CharField()
    state = serializers.CharField()


class Sent(serializers.Serializer):
    picture = SentPicture()


class PictureDecision(serializers.Serializer):
    verb = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    at = serializers.DateTimeField()
    undo_until = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class PictureCard(serializers.Serializer):
    id = serializers.CharField()
    by = serializers.CharField(help_text="who sent it")
    signed = serializers.BooleanField()
    caption = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    state = serializers.CharField()
    reason = serializers.CharField(allow_null=True)
    words = serializers.CharField()
    sent_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    decision = PictureDecision(allow_null=True)


class PictureDocument(serializers.Serializer):
    picture = PictureCard()
