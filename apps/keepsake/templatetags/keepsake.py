"""How a table says a length of time, `{{ seconds|length_of }}`, and a page an instant, `{{ at|day_and_time }}`."""

from datetime import datetime

from django import template
from django.template.defaultfilters import date

register = template.Library()


@register.filter
def length_of(seconds: float | None) -> str:
    """`0:09`, `12:30`, `1:02:03`; a dash for None."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter(expects_localtime=True)
def day_and_time(at: datetime) -> str:
    """`11 May 2026, 20:00 CEST`, as the page's language writes it, in the time zone of the template."""
    return f"{date(at, 'DATETIME_FORMAT')} {date(at, 'T')}"
