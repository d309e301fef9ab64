"""Every limit of the product, with the reason for its number.

A whole party sits behind one address, so nothing tight is ever counted by address alone.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import clock
from .models import Bucket
from .refusal import Refusal


@dataclass(frozen=True, slots=True)
class Limit:
    """A token bucket: `capacity` at once, `per_minute` in the long run."""

    name: str
    capacity: int
    per_minute: float
    why: str

    @property
    def full_within(self) -> timedelta:
        """How long an empty one takes to be full again; a full one is as good as none."""
        return timedelta(minutes=self.capacity / self.per_minute)


JOIN_DEVICE = Limit("join_device", 10, 6, "one person joins once; ten forgive typos, a removal and a change of mind")
JOIN_ADDRESS = Limit(
    "join_address", 1000, 600, "300 phones behind one address get in within a minute, with room to spare"
)
CODE_MISS = Limit(
    "code_miss", 1000, 200, "a hall of 1,000 behind one address, all of whom have the code of last week's event"
)
EDIT_SELF = Limit("edit_self", 20, 20, "correcting a name takes a few tries, not a stream of them")
GROUP_SELF = Limit("group_self", 40, 40, "found, not here, we know each other: a few taps a round")
BOWL_SELF = Limit("bowl_self", 30, 30, "in and out of the bowl while making up one's mind")
TIP_WRITE = Limit("tip_write", 8, 6, "a tip takes ten seconds to write, and a few may have waited for the network")
TIP_VOTE = Limit("tip_vote", 60, 60, "going down a long wall with a busy thumb")
CONTACT_SELF = Limit("contact_self", 60, 60, "a line for everybody one met, and a few changes of mind")
TAKE_HOME = Limit("take_home", 20, 6, "a download again and again until it is where one wants it")
PICTURE_SEND = Limit("picture_send", 12, 6, "a handful from the evening at once, each a second of decoding")
EVENT_CREATE = Limit("event_create", 10, 2, "a series of evenings set up in one go; a slip of a script is not one")
PROGRAMME_EDIT = Limit("programme_edit", 30, 30, "saving after every sentence, and nobody saves faster than they type")
LOGO_DRAW = Limit("logo_draw", 12, 6, "trying a few files until one looks well, each a second of decoding")
PROMPT_SEARCH = Limit("prompt_search", 60, 120, "a search for every letter of a quick typist")
SHELVE = Limit("shelve", 30, 30, "putting away what a year has left, one after the other")
HANDOVER_DEVICE = Limit("handover_device", 8, 4, "three words typed with cold thumbs; more is guessing")
HANDOVER_EVENT = Limit(
    "handover_event", 60, 30, "guessers have many devices: 360 tries in the ten minutes of an offer find none of 2^27"
)
MOVE = Limit("move", 60, 120, "two nervous hosts on two consoles, with a key held down")
SIGN_IN = Limit("sign_in_address", 20, 20, "guessing a signed link is hopeless anyway; this keeps it quiet")

INVITE = Limit("invite", 30, 10, "a whole crew asked in one go, by links")
DAY = 24 * 60
MAIL_ACCOUNT = Limit("mail_account", 30, 30 / DAY, "a large crew asked by mail in a day; more is mail nobody wants")
MAIL_SERVER = Limit("mail_server", 300, 300 / DAY, "whoever makes themselves more accounts is no mail relay either")

SIGN_IN_MAIL = Limit("sign_in_mail", 3, 0.2, "a mailbox gets the link it lost, and is not flooded by strangers")
SIGN_IN_ASK = Limit(
    "sign_in_ask", 300, 60, "a hall behind one address, and one in it who asks for all they can think of"
)
PASSWORD_ACCOUNT = Limit("password_account", 10, 0.5, "ten tries at what one has forgotten; guessing takes for ever")
PASSWORD_NAME = Limit("password_name", 100, 5, "guesses at one account from everywhere; its owner still gets in")
PASSWORD_ADDRESS = Limit("password_address", 60, 20, "a crew behind one address; each try takes a seat for a second")
PASSWORD_DEVICE = Limit("password_device", 20, 2, "one guess at many accounts is guessing as well")

NAME_GRAPHEMES = 40  # fits two lines of a phone at 360 px in any script
TEASER_GRAPHEMES = 140  # a teaser is one breath of a moderator deciding
BEACON_GRAPHEMES = 80  # a number, a headline, what the audience called out
TIP_GRAPHEMES = 280  # a sticky note, read from the last row
REASON_GRAPHEMES = 280  # as much back as they wrote
BEACON_DIGITS = 120  # a digit from each phone; a few dozen are more than anybody can foresee
TITLE_GRAPHEMES = 80  # of a story, one line of a printed programme
THEME_GRAPHEMES = 60  # a heading over a column of notes
THEMES_PER_WALL = 24  # more do not fit on the picture people take
SPOT_GRAPHEMES = 80  # "green scarf, by the coffee": one glance
CONTACT_GRAPHEMES = 120  # a mail address, a handle, a link: one line to write down
OPEN_INVITATIONS = 100  # of one event; a crew of a few dozen, and those who never answered
ATTENDEES_PER_EVENT = 5000  # what one process was measured to carry with room to spare
CAPTION_GRAPHEMES = 80  # one line below a picture
EVENTS_PER_ACCOUNT = 200  # hosted and not archived: an event every other day, and a list one still finds things in
PROGRAMME_BYTES = 256 * 1024  # the founding programme has 4 KB; a whole day of talks has not ten times that
LOGO_BYTES = 2 * 1024 * 1024  # a designer's own file; what is kept of it has 64 KB
PROMPTS_OFFERED = 12  # what one looks through before typing another word
PICTURE_BYTES = 10 * 1024 * 1024  # a camera's own file, where the phone cannot make it smaller
PICTURE_SECONDS = 120  # to arrive: half a megabyte, as phones make them, at 4 KB a second
PICTURES_PER_SENDER = 20  # a moderator looks at each
PICTURES_PER_EVENT = 1000  # half a gigabyte on the disk of a laptop
BODY_BYTES = 64 * 1024  # the longest honest request is a programme text of a few kilobytes


def spend(limit: Limit, owner: str, amount: float = 1) -> None:
    """Take `amount` from the owner's bucket; refuses `too_fast` (429) when it is empty.

    Runs in a transaction of its own, outside the write it guards: a refused write must still have cost something.
    """
    moment = clock.now()
    with transaction.atomic():
        bucket, _created = Bucket.objects.select_for_update().get_or_create(
            name=name_of(limit, owner), defaults={"tokens": limit.capacity, "refilled_at": moment}
        )
        tokens = tokens_of(bucket, limit, moment)
        if enough := tokens >= amount:
            bucket.tokens, bucket.refilled_at = tokens - amount, moment
            bucket.save(update_fields=["tokens", "refilled_at"])
    if not enough:
        raise Refusal("too_fast", _("That was a lot at once. Please wait a moment and try again."), status=429)


def is_spent(limit: Limit, owner: str) -> bool:
    """Whether nothing is left; reads alone, for where somebody may go on and on trying."""
    bucket = Bucket.objects.filter(name=name_of(limit, owner)).first()
    return bucket is not None and tokens_of(bucket, limit, clock.now()) < 1


def name_of(limit: Limit, owner: str) -> str:
    # Owners may be addresses or device tokens: neither is kept in the clear.
    return f"{limit.name}:{hashlib.sha256(owner.encode()).hexdigest()[:40]}"


def tokens_of(bucket: Bucket, limit: Limit, moment: datetime) -> float:
    minutes = max(0.0, (moment - bucket.refilled_at).total_seconds() / 60)
    return min(float(limit.capacity), bucket.tokens + minutes * limit.per_minute)


# By then nearly every bucket above is full again, and a full one is as good as none.
IDLE = timedelta(hours=1)
SLOW = (MAIL_ACCOUNT, MAIL_SERVER)


def forget_idle() -> int:
    """Delete buckets that have long been full again; returns how many."""
    moment = clock.now()
    filling = Q()
    for limit in SLOW:
        filling |= Q(name__startswith=f"{limit.name}:", refilled_at__gte=moment - limit.full_within)
    return Bucket.objects.filter(refilled_at__lt=moment - IDLE).exclude(filling).delete()[0]
