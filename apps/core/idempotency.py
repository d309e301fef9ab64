"""The same request twice is one request: the second one gets the first one's answer."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import clock
from .models import Answer
from .refusal import Refusal

# A phone that comes back the next morning still gets its answer; nobody resends after that.
KEPT = timedelta(hours=36)


def fingerprint(*parts: object) -> str:
    """SHA-256 over what makes two requests the same request: method, path, body."""
    # The standard library's JSON: it also takes what only a prankster sends, lone surrogates and endless integers.
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def once(owner: str, key: str, print_: str, run: Callable[[], tuple[int, object]]) -> tuple[int, object]:
    """Run `run` in one transaction with its stored answer `(status, body)`; a second call gets that answer.

    A second call that arrives while the first still runs waits for it on the key's row. A refused or failed
    first call leaves nothing behind, so that a later one is judged anew. Refuses `key_reused` (422).
    """
    with transaction.atomic():
        answer, is_first = Answer.objects.get_or_create(owner=owner, key=key, defaults={"fingerprint": print_})
        refuse_other(answer, print_)
        if is_first or answer.status is None:
            answer.status, answer.body = run()
            answer.save(update_fields=["status", "body"])
    return answer.status, answer.body


def answered(owner: str, key: str, print_: str) -> tuple[int, object] | None:
    """The stored answer, for who wants to know before a long preparation of `once`. Refuses `key_reused` (422)."""
    answer = Answer.objects.filter(owner=owner, key=key).first()
    if answer is None or answer.status is None:
        return None
    refuse_other(answer, print_)
    return answer.status, answer.body


def refuse_other(answer: Answer, print_: str) -> None:
    if answer.fingerprint != print_:
        raise Refusal("key_reused", _("This idempotency key was used for another request."), status=422)


def account(event: str, pk: object) -> str:
    """The owner of what an account sends to the crew's routes of the event with this code."""
    return f"{event}:account:{pk}"


def keys_of(owner: str) -> list[str]:
    """Those that are remembered."""
    return list(Answer.objects.filter(owner=owner).values_list("key", flat=True))


def forget_old() -> int:
    """Delete answers nobody will ask for again; returns how many."""
    return Answer.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]


def take_back(owner: str, key: str) -> None:
    """What was answered turned out not to be so: who sends it again is judged anew."""
    Answer.objects.filter(owner=owner, key=key).delete()


def forget(owner: str, event: str) -> None:
    """For somebody who asked to be forgotten at an event: their own answers go, the crew's lose what they said.

    All of the crew's, because what somebody has typed cannot be told from what others have: an answer may quote a tip
    that is not signed. The keys and statuses stay, so that a press that is sent again still happens once; its sender
    hears of what it did by the streams, as everybody does. Other devices' answers are about their own owners only.
    """
    forget_device(owner)
    Answer.objects.filter(owner__startswith=account(event, "")).update(body=None)


def forget_device(owner: str) -> None:
    """No answer to this owner is left, and no key."""
    Answer.objects.filter(owner=owner).delete()


def forget_event(event: str) -> None:
    """No answer given at this event is left, and no key; and none given at no event that is about this one.

    Such as that it was made, or who has come onto its crew: of those there are few, and none holds what people typed.
    """
    named = re.compile(rf"\b{re.escape(event)}\b")
    at_none = Answer.objects.filter(owner__startswith=":").exclude(body=None).values_list("pk", "body")
    about = [pk for pk, body in at_none.iterator() if named.search(json.dumps(body))]
    Answer.objects.filter(Q(owner__startswith=f"{event}:") | Q(pk__in=about)).delete()


def forget_answers(**said: str) -> None:
    """No answer whose body says this is left, whoever was given it, and no key: `code="BCDFG"`, `rehearsal__id=…`."""
    Answer.objects.filter(**{f"body__{path}": text for path, text in said.items()}).delete()
