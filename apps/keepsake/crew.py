"""For the crew: how it went, and everything in one archive."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.limits import TAKE_HOME, spend
from apps.events.actions.crewing import acted
from apps.events.roles import may
from apps.screens.refusing import refusals_as_pages

from . import archive, figures, plots
from .asking import CREW, asker
from .plots import Series
from .sending import download


@never_cache
@require_safe
@refusals_as_pages
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Numbers and plots, without names; with `?names=1`, for hosts, a table of people too."""
    identity = asker(request, code, "see_report", CREW)
    event = identity.event
    if event.code != code:
        return redirect("report", event.code)
    found = figures.report_of(event)
    may_name = may(identity.role, "name_in_report")
    is_naming = may_name and request.GET.get("names") == "1"
    context = {
        "event": event,
        "report": found,
        "plots": drawn(found, ZoneInfo(event.timezone or "UTC")),
        "zone": event.timezone or "UTC",
        "may_name": may_name,
        "may_export": may(identity.role, "export"),
        "members": figures.members_of(event) if is_naming else None,
    }
    return render(request, "keepsake/report.html", context)


def drawn(report: figures.Report, zone: ZoneInfo) -> dict[str, SafeString]:
    """The report's plots by name; each says in words what it shows."""
    most = _("At most {count} were there at once.").format(count=report.most_present)
    repeats = _("{repeats} pairs sat together again, of which {unavoidable} could not be avoided.").format(
        repeats=report.repeats, unavoidable=report.unavoidable
    )
    numbers = [str(one.number) for one in report.rounds]
    made = {
        "present": plots.areas(
            "present",
            _("Who was there, over time"),
            most,
            [at.astimezone(zone) for at, _room, _remote in report.present],
            [
                Series(_("In the room"), [in_room for _at, in_room, _remote in report.present]),
                Series(_("Remote"), [remote for _at, _room, remote in report.present]),
            ],
        ),
        "connections": plots.bars(
            "connections",
            _("New connections in each round"),
            _("{count} pairs met who had not met before.").format(count=report.connections),
            numbers,
            [Series(_("New connections"), [one.new for one in report.rounds])],
        ),
        "repeats": plots.bars(
            "repeats",
            _("Repeats in each round, beside the fewest possible"),
            repeats,
            numbers,
            [
                Series(_("Repeats"), [one.repeats for one in report.rounds]),
                Series(_("Fewest possible"), [one.unavoidable for one in report.rounds]),
            ],
        ),
        "writers": plots.bars(
            "writers",
            _("Tips per person"),
            _("How many people wrote one tip, two, and so on."),
            [label for label, _people in report.writers],
            [Series(_("People"), [people for _label, people in report.writers])],
        ),
    }
    # The module escapes what it is given.
    return {name: mark_safe(text) for name, text in made.items()}  # noqa: S308


@never_cache
@require_safe
@refusals_as_pages
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The archive, as it is now."""
    identity = asker(request, code, "export", CREW)
    assert identity.crew, "only crew may"
    spend(TAKE_HOME, identity.crew.public_id)
    acted(identity.event, identity.crew, "export")
    return download(archive.written(identity.event), f"event-{identity.event.code}.zip", "application/zip")
