"""Who met whom, and what they give each other. A line that is taken back is gone from here: nothing keeps it."""

from django.db import models
from django.db.models import F, Q

from apps.events.models import Attendee, Event

from .rules import Side

LINE_POINTS = 1200  # code points behind at most 120 visible characters


class Contact(models.Model):
    """One side of two people who met; both sides are made when they meet, and go together."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="contacts")
    giver = models.ForeignKey(Attendee, models.CASCADE, related_name="contacts")
    to = models.ForeignKey(Attendee, models.CASCADE, related_name="+")
    met_at = models.DateTimeField()
    line = models.CharField(max_length=LINE_POINTS, blank=True)
    blocks = models.BooleanField(default=False)
    lapsed = models.BooleanField(default=False)

    class Meta:
        ordering = ["met_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["giver", "to"], name="contact_is_one_for_each_side"),
            models.CheckConstraint(condition=~Q(giver=F("to")), name="contact_is_of_somebody_else"),
            models.CheckConstraint(condition=Q(blocks=False) | Q(line=""), name="contact_blocked_gives_nothing"),
            models.CheckConstraint(
                condition=Q(lapsed=False) | Q(line="", blocks=False), name="contact_lapsed_gives_nothing"
            ),
        ]

    @property
    def side(self) -> Side:
        return Side(self.line, self.blocks, self.lapsed)
