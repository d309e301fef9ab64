"""A password that somebody chooses for themselves."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusal import Refusal


@transaction.atomic
def set_password(user: User, *, password: str, current: str = "") -> None:
    """From now on one signs in with it, and the account stays when its events are erased. Twice is once.

    Refuses `weak_password` and `wrong_password` (400).
    """
    User.objects.select_for_update().get(pk=user.pk)
    user.refresh_from_db(fields=["password"])
    if user.has_usable_password() and user.check_password(password):
        return
    if user.has_usable_password() and not user.check_password(current):
        sentence = _("This is not your present password.")
        raise Refusal("wrong_password", sentence, status=400, fields={"current": [sentence]})
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refusal("weak_password", weak.messages[0], status=400, fields={"password": weak.messages}) from weak
    user.set_password(password)
    user.save(update_fields=["password"])
