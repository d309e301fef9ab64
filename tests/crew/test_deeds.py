"""Who did what: every deed that any app sends has its sentence, and stands or falls with what was done."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from apps.core.refusal import Refusal
from apps.crew import sentences
from apps.crew.models import Deed
from apps.events import actions
from apps.events.queries import segments_of
from apps.pictures.rules import Verb as PictureVerb
from apps.tips import actions as tips
from apps.tips.moderation import Verb
from tests.events.conftest import Browser, Social

SENT = re.compile(r'(?:acted\(\s*[\w.]+,\s*[\w.]+,\s*|shelved\([^)]*, )"(\w+)"')
TIP_VERBS = set(Verb) - {Verb.REWRITE, Verb.EDIT, Verb.WITHDRAW, Verb.REMOVE}


def test_every_deed_has_a_sentence() -> None:
    sources = [path.read_text() for path in Path(settings.BASE_DIR, "apps").rglob("*.py")]
    sent = {deed for source in sources for deed in SENT.findall(source)}
    assert len(sent) > 20
    assert sent == {key.partition("/")[0] for key in sentences.SENTENCES}
    for deed, verbs in (("decide_tip", TIP_VERBS), ("decide_picture", set(PictureVerb))):
        assert {f"{deed}/{verb}" for verb in verbs} == {key for key in sentences.SENTENCES if key.startswith(deed)}


def test_an_evening_s_deeds(social: Social, browser: Callable[..., Browser]) -> None:
    hana = browser(crew=social.hana)
    social.press("start")
    assert hana.ask("POST", "events/BCDFG/rounds/", {"after": 0}).status_code == 201
    segment = segments_of(social.event)[3].public_id
    social.press("enter", segment=segment)
    tip = tips.write(social.event, segment, social.ada, text="Typed by Ada").public_id
    tips.decide(social.event, segment, tip, verb=Verb.APPROVE, by=social.mo)
    tips.decide(social.event, segment, tip, verb=Verb.APPROVE, by=social.mo)
    hana.ask("PUT", f"events/BCDFG/walls/{segment}/", {"revealed": False})
    hana.ask("POST", "events/BCDFG/stage-links/", {})
    hana.ask("DELETE", f"events/BCDFG/attendees/{social.ben.public_id}/")
    texts = [one["text"] for one in hana.ask("GET", "events/BCDFG/crew/deeds/").json()["deeds"]]
    assert texts == [
        "Hana removed Ben from the event.",
        "Hana made a new address for the stage.",
        "Hana hid the wall.",
        "Mo approved a tip.",
        "Hana moved to Group Exercise “What now?”.",
        "Hana drew up groups, round 1.",
        "Hana started the event.",
    ]
    assert "Typed" not in str(list(Deed.objects.values_list("about", flat=True)))


def test_what_was_refused_was_not_done(social: Social) -> None:
    actions.revoke(social.mo)
    with pytest.raises(Refusal, match="not_allowed"):
        actions.remove(social.event, social.ben.public_id, by=social.mo)
    assert not Deed.objects.exists()
    social.ben.refresh_from_db()
    assert social.ben.removed_at is None
