"""Routes of the bowl, below `/api/v1/events/CODE/bowls/SEGMENT/`."""

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.core.limits import BOWL_SELF, MOVE, spend
from apps.events.api.asking import crew, phone
from apps.events.api.schema import route
from apps.events.api.serializers import Flag, Strict, Text
from apps.events.identity import identify
from apps.events.models import Attendee, Crew, Event
from apps.events.queries import not_here, segment_of

from . import actions, documents, queries
from .models import Draw, Slip


class MySlip(Strict):
    teaser = Text(default="", help_text="at most 140 characters, for the crew's eyes")


class SlipFor(Strict):
    name = Text(help_text="1 to 40 characters")
    teaser = Text(default="")
    remote = Flag(default=False)


class Freezing(Strict):
    after = serializers.IntegerField(min_value=0, max_value=10**6, help_text="how many draws the host has seen")


class Drawing(Freezing):
    beacon = Text(default="", help_text="what the room said, at most 80 characters; only once the list is frozen")


class Stirring(Strict):
    number = serializers.IntegerField(min_value=1, max_value=10**6, help_text="of the draw it is for")
    digit = serializers.IntegerField(min_value=0, max_value=9)


class Deciding(Strict):
    outcome = serializers.ChoiceField(["passed", "no_show"])
    keep = Flag(default=True, help_text="put the slip back, behind the others")


class Title(Strict):
    title = Text(help_text="1 to 80 characters")


class BowlDocument(serializers.Serializer):
    bowl = serializers.DictField()


class SlipDocument(serializers.Serializer):
    slip = serializers.DictField(allow_null=True)


class DrawDocument(serializers.Serializer):
    draw = serializers.DictField()


class Proof(serializers.Serializer):
    format = serializers.CharField()
    bowl = serializers.CharField()
    commitment = serializers.CharField()
    seed = serializers.CharField(allow_null=True)
    last = serializers.CharField()
    draws = serializers.ListField(child=serializers.DictField())


class OpeningView(View):
    @route(BowlDocument, 403, 404, 409, operation_id="bowl_open")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Open the bowl before its time, or again."""
        event, asking = crew(request, code, "lead_bowl")
        found = segment_of(event, segment, "open_mic")
        bowl = actions.open_bowl(event, found, by=asking)
        return Response({"bowl": queries.public_document(bowl)})

    @route(None, 403, 404, status=204, operation_id="bowl_close")
    def delete(self, request: Request, code: str, segment: str) -> HttpResponse:
        """Close it: no more names and draws; a minute later its seed is shown."""
        event, asking = crew(request, code, "lead_bowl")
        actions.close_bowl(event, segment_of(event, segment, "open_mic"), by=asking)
        return HttpResponse(status=204)


class FreezingView(View):
    @route(BowlDocument, 400, 403, 404, 409, body=Freezing, operation_id="bowl_freeze")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Fix the list of the next draw and show its fingerprint; a value from the room then decides."""
        event, asking = crew(request, code, "lead_bowl")
        bowl = actions.freeze(event, segment, **read(Freezing, request), by=asking)
        return Response({"bowl": queries.public_document(bowl)})


class StirringView(View):
    @route(BowlDocument, 400, 403, 404, 409, 429, body=Stirring, operation_id="bowl_stir")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """One digit of one's phone for the list that waits; the first one counts."""
        event, asking = attendee(request, code)
        bowl = actions.stir(event, segment, asking, **read(Stirring, request))
        return Response({"bowl": queries.public_document(bowl)})


class MySlipView(View):
    @route(SlipDocument, 400, 403, 404, 409, 429, body=MySlip, operation_id="slip_put_in")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Put one's name in; again changes the teaser."""
        event, asking = attendee(request, code)
        slip = actions.put_in(event, segment, asking, **read(MySlip, request))
        return Response({"slip": queries.own_document(slip)})

    @route(None, 403, 404, 409, 429, status=204, operation_id="slip_take_out")
    def delete(self, request: Request, code: str, segment: str) -> HttpResponse:
        """Take it out, until it is called (409 `called`)."""
        event, asking = attendee(request, code)
        actions.take_out(event, segment, asking)
        return HttpResponse(status=204)


class MyTitleView(View):
    @route(SlipDocument, 400, 403, 404, 409, 429, body=Title, operation_id="title_give")
    def put(self, request: Request, code: str, segment: str) -> Response:
        """Name the story one has told, and agree that the name is kept; again changes it."""
        event, asking = attendee(request, code)
        slip = actions.give_title(event, segment, asking, read(Title, request)["title"])
        return Response({"slip": queries.own_document(slip)})

    @route(None, 403, 404, 429, status=204, operation_id="title_take_back")
    def delete(self, request: Request, code: str, segment: str) -> HttpResponse:
        """Not kept any more."""
        event, asking = attendee(request, code)
        actions.take_title_back(event, segment, asking)
        return HttpResponse(status=204)


class TitleView(View):
    @route(None, 403, 404, status=204, operation_id="title_strike")
    def delete(self, request: Request, code: str, segment: str, slip: str) -> HttpResponse:
        """Strike the title somebody gave."""
        event, asking = crew(request, code, "fill_bowl")
        actions.strike_title(event, segment, slip, by=asking)
        return HttpResponse(status=204)


class SlipsView(View):
    @route(SlipDocument, 400, 403, 404, 409, status=201, body=SlipFor, key=True, operation_id="slip_put_in_for")
    def post(self, request: Request, code: str, segment: str) -> Response:
        """A name for somebody without a phone."""
        event, asking = crew(request, code, "fill_bowl")
        return self.put_in(request, event, asking, segment)

    @idempotent
    def put_in(self, request: Request, event: Event, asking: Crew, segment: str) -> Response:
        slip = actions.put_in_for(event, segment, **read(SlipFor, request), by=asking)
        return Response({"slip": documents.slip_for_crew(slip)}, status=201)


class SlipView(View):
    @route(None, 403, 404, 409, status=204, operation_id="slip_take_out_for")
    def delete(self, request: Request, code: str, segment: str, slip: str) -> HttpResponse:
        """Take somebody's name out."""
        event, asking = crew(request, code, "fill_bowl")
        actions.take_out_for(event, segment, slip, by=asking)
        return HttpResponse(status=204)


class DrawsView(View):
    @route(DrawDocument, 400, 403, 404, 409, 429, status=201, body=Drawing, key=True, operation_id="draw")
    def post(self, request: Request, code: str, segment: str) -> Response:
        """Call one name: from the frozen list if there is one, else from all that are in."""
        event, asking = crew(request, code, "lead_bowl")
        spend(MOVE, f"{event.code}:{asking.public_id}")
        return self.draw(request, event, asking, segment)

    @idempotent
    def draw(self, request: Request, event: Event, asking: Crew, segment: str) -> Response:
        drawn = actions.draw(event, segment, by=asking, **read(Drawing, request))
        return Response({"draw": documents.draw(drawn)}, status=201)


class DrawView(View):
    @route(DrawDocument, 403, 404, 409, operation_id="draw_undo")
    def delete(self, request: Request, code: str, segment: str, number: int) -> Response:
        """Take back a call; the record stays."""
        event, asking = crew(request, code, "lead_bowl")
        return told(actions.undo(event, segment, number, by=asking))


class OutcomeView(View):
    @route(DrawDocument, 400, 403, 404, 409, body=Deciding, operation_id="draw_decide")
    def put(self, request: Request, code: str, segment: str, number: int) -> Response:
        """The called one passes (they or the crew say so) or is not there (the crew)."""
        event, asking = caller_or_crew(request, code, segment, number)
        wanted = read(Deciding, request)
        if wanted["outcome"] == "no_show" and isinstance(asking, Attendee):
            # Nobody says so of themselves, but a host who was called may say it at the console.
            identity = identify(request, code)
            identity.require("lead_bowl")
            asking = identity.crew or asking
        return told(actions.decide(event, segment, number, **wanted, by=asking))


class AcceptanceView(View):
    @route(DrawDocument, 403, 404, 409, operation_id="draw_accept")
    def put(self, request: Request, code: str, segment: str, number: int) -> Response:
        """The called one is coming."""
        event, asking = caller_or_crew(request, code, segment, number)
        return told(actions.accept(event, segment, number, by=asking))


class TurnView(View):
    @route(DrawDocument, 403, 404, 409, operation_id="turn_start")
    def put(self, request: Request, code: str, segment: str, number: int) -> Response:
        """The story begins (the speaker or the crew)."""
        event, asking = caller_or_crew(request, code, segment, number)
        return told(actions.start_turn(event, segment, number, by=asking))

    @route(DrawDocument, 403, 404, 409, operation_id="turn_end")
    def delete(self, request: Request, code: str, segment: str, number: int) -> Response:
        """The story has ended."""
        event, asking = caller_or_crew(request, code, segment, number)
        return told(actions.end_turn(event, segment, number, by=asking))


class PauseView(View):
    @route(DrawDocument, 403, 404, 409, operation_id="turn_pause")
    def put(self, request: Request, code: str, segment: str, number: int) -> Response:
        event, asking = crew(request, code, "lead_bowl")
        return told(actions.pause_turn(event, segment, number, by=asking))

    @route(DrawDocument, 403, 404, 409, operation_id="turn_resume")
    def delete(self, request: Request, code: str, segment: str, number: int) -> Response:
        event, asking = crew(request, code, "lead_bowl")
        return told(actions.resume_turn(event, segment, number, by=asking))


class ExtensionsView(View):
    @route(DrawDocument, 403, 404, 409, status=201, key=True, operation_id="turn_extend")
    def post(self, request: Request, code: str, segment: str, number: int) -> Response:
        """Thirty seconds more."""
        event, asking = crew(request, code, "lead_bowl")
        return self.extend(request, event, asking, segment, number)

    @idempotent
    def extend(self, request: Request, event: Event, asking: Crew, segment: str, number: int) -> Response:
        drawn = actions.extend_turn(event, segment, number, by=asking)
        return Response({"draw": documents.draw(drawn)}, status=201)


class ProofView(View):
    @route(Proof, 403, 404, operation_id="bowl_proof")
    def get(self, request: Request, code: str, segment: str) -> Response:
        """Everything needed to check every draw; the seed is in it once the bowl has shown it."""
        identity = identify(request, code)
        identity.require("hear_public")
        bowl = queries.find_bowl(identity.event, segment)
        return Response(documents.proof(bowl, queries.draws_of(bowl)))


def attendee(request: Request, code: str) -> tuple[Event, Attendee]:
    event, asking = phone(request, code, "use_bowl")
    spend(BOWL_SELF, asking.public_id)
    return event, asking


def caller_or_crew(request: Request, code: str, segment: str, number: int) -> tuple[Event, Attendee | Crew]:
    """The attendee whose slip this draw called, or a host (one browser may be both); nobody else knows of the draw."""
    identity = identify(request, code, "phone")
    mine = Draw.objects.filter(
        bowl__segment__event=identity.event,
        bowl__segment__public_id=segment,
        number=number,
        slip__attendee=identity.attendee,
        slip__attendee__isnull=False,
    ).exclude(slip__state=Slip.State.OUT)
    if identity.attendee is None or not mine.exists():
        identity = identify(request, code)
    identity.require("lead_bowl" if identity.crew else "use_bowl")
    asking = identity.crew or identity.attendee
    if asking is None or (identity.crew is None and not mine.exists()):
        raise not_here()
    return identity.event, asking


def told(drawn: Draw) -> Response:
    return Response({"draw": documents.draw(drawn)})
