"""`{{ seconds|length_of }}`: a length of time as people say it in a table."""

from django import template

register = template.Library()


@register.filter
def length_of(seconds: float | None) -> str:
    """`0:09`, `12:30`, `1:02:03`; a dash for None."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
