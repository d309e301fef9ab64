"""Routes of rehearsals, below `/api/v1/events/CODE/rehearsal/`. Who is crew may see how one goes; hosts do the rest."""

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import View, idempotent, read
from apps.core.clock import iso
from apps.events.api.asking import crew
from apps.events.api.schema import route
from apps.events.api.serializers import Flag, Strict
from apps.events.models import Crew, Event

from . import running, sentences
from .faults import KINDS
from .models import Rehearsal


class Starting(Strict):
    people = serializers.IntegerField(min_value=2, max_value=200)
    speed = serializers.IntegerField(min_value=10, max_value=1500, help_text="so many times as fast as the programme")
    among_people = Flag(default=False, help_text="true: also though people have joined the event, or one is live")


class FaultFound(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    sentence = serializers.CharField()
    count = serializers.IntegerField()


class PushTimes(serializers.Serializer):
    push = serializers.CharField()
    heard = serializers.IntegerField()
    p50_ms = serializers.IntegerField()
    p99_ms = serializers.IntegerField()
    max_ms = serializers.IntegerField()


class RehearsalReport(serializers.Serializer):
    is_good = serializers.BooleanField()
    compared = serializers.IntegerField(help_text="screens that were compared with fresh ones")
    late_ms = serializers.IntegerField(help_text="by how much the simulated people themselves were late, p99")
    faults = FaultFound(many=True)
    pushes = PushTimes(many=True)


class RehearsalGoing(serializers.Serializer):
    id = serializers.CharField()
    state = serializers.CharField(help_text=", ".join(Rehearsal.State.values))
    is_stopping = serializers.BooleanField()
    people = serializers.IntegerField()
    speed = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    part = serializers.FloatField(help_text="how far it is, 0 to 1")
    doing = serializers.CharField()
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="here, writes, frames, …, and each kind of fault"
    )
    why = serializers.CharField(help_text="why it failed, where it did")
    report = RehearsalReport(allow_null=True)


class RehearsalDocument(serializers.Serializer):
    rehearsal = RehearsalGoing(allow_null=True)


class RehearsalView(View):
    @route(RehearsalDocument, 403, 404, operation_id="rehearsal")
    def get(self, request: Request, code: str) -> Response:
        """How the latest rehearsal goes, or went; null where there is none."""
        event, _member = crew(request, code)
        return Response(latest(event))

    @route(RehearsalDocument, 400, 403, 404, 409, 422, status=201, body=Starting, key=True, operation_id="rehearse")
    def post(self, request: Request, code: str) -> Response:
        """Rehearse a copy of the event with simulated people; the report of an earlier one goes."""
        event, member = crew(request, code, "rehearse")
        return self.start(request, event, member)

    @idempotent
    def start(self, request: Request, event: Event, member: Crew) -> Response:
        given = read(Starting, request)
        return Response(told(running.start(event, by=member, **given)), status=201)

    @route(None, 403, 404, 409, status=204, operation_id="rehearsal_remove")
    def delete(self, request: Request, code: str) -> HttpResponse:
        """The report goes, and whatever is left of one that was cut off; `still_running` (409) while it runs."""
        event, member = crew(request, code, "rehearse")
        running.remove(event, by=member)
        return HttpResponse(status=204)


class EndingView(View):
    @route(RehearsalDocument, 403, 404, operation_id="rehearsal_stop")
    def put(self, request: Request, code: str) -> Response:
        """Have it end before its time; its copies are erased, and there is no verdict."""
        event, member = crew(request, code, "rehearse")
        return Response(told(running.stop(event, by=member)))


def latest(event: Event) -> dict[str, Any]:
    """As the route says it, for the page to bring along."""
    return told(Rehearsal.objects.select_related("event").filter(event=event).first())


def told(row: Rehearsal | None) -> dict[str, Any]:
    if row is None:
        return {"rehearsal": None}
    report = row.report or {}
    return {
        "rehearsal": {
            "id": row.public_id,
            "state": running.state_of(row),
            "is_stopping": row.stop_asked and row.ended_at is None,
            "people": row.people,
            "speed": row.speed,
            "asked_at": iso(row.asked_at),
            "ended_at": iso(row.ended_at),
            "part": row.part,
            "doing": sentences.doing(row),
            "counts": row.counts,
            "why": sentences.why(report),
            "report": whole(report) if "is_good" in report else None,
        }
    }


def whole(report: dict[str, Any]) -> dict[str, Any]:
    faults = [
        {"kind": one["kind"], "sentence": sentences.of_fault(one), "count": one["count"]} for one in report["faults"]
    ]
    pushes = [{**one, "push": sentences.of_push(one["push"])} for one in report["pushes"]]
    return {**report, "faults": faults, "pushes": pushes}
