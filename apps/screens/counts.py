"""`/metrics`: what this process has counted, in the text format of Prometheus (version 0.0.4)."""

import secrets
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from apps.core.address import is_from_this_machine
from apps.live.metrics import counted

GAUGES = {
    "sockets": "open and admitted",
    "lag_seconds": "of the latest change, from hearing of it to its last write",
    "worst_lag_seconds": "the longest such lag since the start",
}
COUNTERS = {
    "hellos": "websockets admitted",
    "frames": "sent down",
    "versions": "of streams, read and sent on",
    "looks": "at storage by the hub itself",
    "failed_looks": "that storage did not answer",
}
LABELLED = {"refusals": "code", "closes": "code"}


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or with `Authorization: Bearer METRICS_TOKEN`; nobody else learns that it is there."""
    if not (is_from_this_machine(request) or has_token(request)):
        return HttpResponse(status=404)
    return HttpResponse("\n".join(lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())


def lines() -> Iterator[str]:
    for kind, names in (("gauge", GAUGES), ("counter", COUNTERS)):
        for name, about in names.items():
            full = f"socialhub_{name}" + ("_total" if kind == "counter" else "")
            yield f"# HELP {full} {about}"
            yield f"# TYPE {full} {kind}"
            yield f"{full} {getattr(counted, name)}"
    for name, label in LABELLED.items():
        numbers: Mapping[object, int] = getattr(counted, name)
        yield f"# TYPE socialhub_{name}_total counter"
        for value, number in sorted(dict(numbers).items(), key=str):
            yield f'socialhub_{name}_total{{{label}="{value}"}} {number}'
