"""A password that somebody chooses for themselves."""

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal


def set_password(user: User, *, password: str, keep: Callable[[], None], current: str = "") -> None:
    """From now on one signs in with it, and the account stays when its events are erased. Twice is once.

    `keep` is called in the transaction of the change: it keeps this browser signed in, and at no moment is it not.
    Refuses `weak_password` and `wrong_password` (400).
    """
    user.refresh_from_db(fields=["password"])
    judged = user.password
    if user.has_usable_password() and user.check_password(password):
        return
    if user.has_usable_password():
        refuse_wrong(user, current)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refusal("weak_password", weak.messages[0], status=400, fields={"password": weak.messages}) from weak
    # Hashing takes long, and on SQLite nobody writes while somebody else does: it is done before.
    made = make_password(password)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, password=judged).update(password=made):
            user.password = made
            keep()
            return
    # Another one was chosen in the meantime: what is said of this one is said of that.
    set_password(user, password=password, keep=keep, current=current)


def refuse_wrong(user: User, current: str) -> None:
    """Refuses `wrong_password` (400)."""
    if not user.check_password(current):
        sentence = _("This is not your present password.")
        raise Refusal("wrong_password", sentence, status=400, fields={"current": [sentence]})
