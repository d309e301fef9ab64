"""What clients send to the crew's routes, and the shapes they get back."""

from rest_framework import serializers

from apps.events.api.serializers import Strict, Text

ROLES = ("host", "moderator")


class Inviting(Strict):
    role = serializers.ChoiceField(ROLES)
    mail = serializers.CharField(default="", allow_blank=True, max_length=254, help_text="where the link is sent to")


class InvitationDocument(serializers.Serializer):
    id = serializers.CharField()
    role = serializers.ChoiceField(ROLES)
    mail = serializers.CharField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True, help_text="null as well if the mail has not gone out yet")
    by = serializers.CharField()
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class Invitations(serializers.Serializer):
    invitations = InvitationDocument(many=True)


class Invited(serializers.Serializer):
    invitation = InvitationDocument()
    link = serializers.CharField(
        allow_null=True,
        help_text="the path of the invitation's page; said here only and not kept; null if it was mailed",
    )


class Token(Strict):
    token = serializers.CharField(max_length=64)


class AcceptingInvitation(Token):
    name = Text(default="", help_text="1 to 40 characters; not needed by who is signed in")


class AskedEvent(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class Asked(serializers.Serializer):
    event = AskedEvent()
    role = serializers.ChoiceField(ROLES)
    by = serializers.CharField()


class Accepted(serializers.Serializer):
    member = serializers.CharField()
    next = serializers.CharField(help_text="the path of their console")


class Password(Strict):
    password = Text(help_text="the new one")
    current = Text(default="", help_text="the one there is, if there is one")


class Mailbox(Strict):
    mail = serializers.CharField(max_length=254)
    current = Text(default="", help_text="the account's password, if it has one")


class Changing(Strict):
    role = serializers.ChoiceField(ROLES)


class MemberDocument(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(ROLES)


class Member(serializers.Serializer):
    member = MemberDocument()


class Members(serializers.Serializer):
    members = MemberDocument(many=True)
    me = serializers.CharField(help_text="the id of who asks")


class DeedDocument(serializers.Serializer):
    id = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, help_text="the id of the crew member")
    text = serializers.CharField(help_text="a sentence in the language of who asks")
    undone_at = serializers.DateTimeField(allow_null=True)


class Deeds(serializers.Serializer):
    deeds = DeedDocument(many=True)
    more = serializers.BooleanField(help_text="whether there are older ones")
