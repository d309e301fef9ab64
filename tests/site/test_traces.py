"""Nothing is left: every byte that an installation keeps is searched for what people typed, before and after."""

import io
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx
import psycopg
import pytest
from PIL import Image
from psycopg import sql

from tests.servers import people
from tests.servers.daphne import PATIENCE_SECONDS, ROOT, Server
from tests.servers.people import Evening, Person


@pytest.fixture(scope="module")
def own(new_server: Callable[..., Any]) -> Iterator[Server]:
    """An installation of this file's own, as all of it is read."""
    with new_server() as server:
        yield server


@pytest.fixture
def evening(own: Server) -> Iterator[Evening]:
    begun = people.evening(own)
    yield begun
    begun.close()


def kept_by(server: Server) -> list[bytes]:
    """All there is: the files of the installation, and the rows of Postgres where there is one."""
    files = [path.read_bytes() for path in server.folder.rglob("*") if path.is_file()]
    return files + ([rows_of(url)] if (url := server.environment.get("DATABASE_URL")) else [])


def rows_of(url: str) -> bytes:
    with closing(psycopg.connect(url)) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        selects = [sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)) for (name,) in names]
        return "\n".join(row for one in selects for (row,) in connection.execute(one).fetchall()).encode()


def found(server: Server, words: list[str]) -> set[str]:
    everything = kept_by(server)
    return {word for word in words if any(word.encode() in bytes_ for bytes_ in everything)}


def wait_until_gone(server: Server, words: list[str]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while left := found(server, words):
        assert time.monotonic() < until, f"still there: {sorted(left)}"
        time.sleep(0.2)


def wait_until_logged(server: Server, words: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while words not in server.log:
        assert time.monotonic() < until, server.log
        time.sleep(0.1)


def media_of(server: Server) -> list[str]:
    return [path.name for path in (server.folder / "media").rglob("*") if path.is_file()]


def typed_everywhere(evening: Evening) -> list[str]:
    """Ada says something in every field that an attendee has; the crew decides on it. Answers all of her words."""
    ada, ben, hana, mo = evening.ada, evening.ben, evening.hana, evening.mo
    words = {name: f"Trace{name}{evening.code}" for name in WORDS}

    def done(person: Person, method: str, path: str, body: object = None) -> Any:
        answer = person.ask(method, path, body)
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.json() if answer.content else None

    done(ada, "PATCH", "me/", {"name": words["Maiden"], "spot": words["Spot"]})
    done(ada, "PATCH", "me/", {"name": words["Name"]})
    segments = done(hana, "GET", "snapshot/?as=console")["streams"]["public"]["documents"]["programme"]["segments"]
    _icebreaker, bowl, _failure, wall, _closing = [segment["id"] for segment in segments]
    hana.press("start")
    done(hana, "POST", "rounds/", {"after": 0, "mix_sides": True, "names": True})
    done(ada, "PUT", "me/group/found/")

    hana.press("next")
    done(ada, "PUT", f"bowls/{bowl}/slips/mine/", {"teaser": words["Teaser"]})
    called = done(hana, "POST", f"bowls/{bowl}/draws/", {"after": 0})["draw"]["number"]
    done(ada, "PUT", f"bowls/{bowl}/draws/{called}/acceptance/")
    done(ada, "PUT", f"bowls/{bowl}/draws/{called}/turn/")
    done(ada, "DELETE", f"bowls/{bowl}/draws/{called}/turn/")
    done(ada, "PUT", f"bowls/{bowl}/slips/mine/title/", {"title": words["Title"]})

    hana.press("enter", segment=wall)
    shown, _waiting, declined = (
        done(ada, "POST", f"walls/{wall}/tips/", {"text": f"{words[name]} and more of it", "signed": name == "Tip"})
        for name in ("Tip", "Waiting", "Declined")
    )
    done(mo, "PUT", f"walls/{wall}/tips/{shown['tip']['id']}/decision/", {"verb": "approve"})
    done(mo, "PUT", f"walls/{wall}/tips/{declined['tip']['id']}/decision/", {"verb": "decline", "reason": "unclear"})
    done(hana, "POST", f"walls/{wall}/themes/", {"name": f"TraceTheme{evening.code}"})

    hana.press("next")
    contacts = done(ada, "GET", "snapshot/?as=phone")["streams"]["me"]["documents"]
    met = next(document["id"] for key, document in contacts.items() if key.startswith("contacts/"))
    done(ada, "PUT", f"contacts/{met}/", {"contact": words["Contact"]})
    mine = next(
        document["id"]
        for key, document in done(ben, "GET", "snapshot/?as=phone")["streams"]["me"]["documents"].items()
        if key.startswith("contacts/")
    )
    done(ben, "PUT", f"contacts/{mine}/", {"contact": f"TraceBen{evening.code}"})
    sent = send_picture(ada, words["Caption"])
    done(mo, "PUT", f"pictures/{sent}/decision/", {"verb": "approve"})
    return list(words.values())


WORDS = ("Maiden", "Name", "Spot", "Teaser", "Title", "Tip", "Waiting", "Declined", "Contact", "Caption")


def moved(evening: Evening) -> tuple[Person, list[str]]:
    """Ada on another phone, and the words that brought her there."""
    words = evening.ada.ask("PUT", "me/handover/").raise_for_status().json()["handover"]["words"]
    phone = Person("Ada", evening.ada.base, evening.code)
    phone.ask("GET")
    phone.ask("POST", "handovers/", {"words": " ".join(words)}).raise_for_status()
    return phone, words


def send_picture(person: Person, caption: str) -> str:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "PNG")
    answer = person.client.post(
        f"{person.api}pictures/",
        files={"file": ("wall.png", file.getvalue(), "image/png")},
        data={"consent": "true", "caption": caption},
        headers={"Idempotency-Key": f"a-picture-of-{person.name}-{person.code}"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["picture"]["id"]


async def test_of_a_person_and_of_an_event_nothing_is_left(own: Server, evening: Evening) -> None:
    hers = typed_everywhere(evening)
    others = [f"TraceTheme{evening.code}", f"TraceBen{evening.code}", evening.code]
    assert found(own, hers + others) == {*hers, *others}
    assert media_of(own) != []
    elsewhere = evening.zoe.ask("GET", "snapshot/?as=phone").json()

    # What her first phone was answered goes as well; the words she moved with are nowhere, ever.
    her_second, words = moved(evening)
    assert found(own, [between.join(words) for between in ("", " ", "-")]) == set()
    assert her_second.ask("DELETE", "me/").status_code == 204
    wait_until_gone(own, hers)
    her_second.client.close()
    # What she gave nobody has; what others said is still here.
    assert media_of(own) == []
    assert found(own, others) == {f"TraceTheme{evening.code}", evening.code}

    send_picture(evening.ben, f"TraceBen{evening.code}")
    token = evening.stage.strip("/").split("/")[1]
    on_stage = Person("stage", own.base, evening.code, "stage")
    async with (
        evening.ben.listen() as ben,
        evening.hana.listen() as hana,
        on_stage.listen(token) as stage,
        evening.zoe.listen() as zoe,
    ):
        own.manage(("erase_event", evening.code, "--confirm", evening.code))
        for screen in (ben, hana, stage):
            assert await screen.closed() == 4003
            assert (screen.frames[-1]["type"], screen.frames[-1]["code"]) == ("refused", "erased")
        await zoe.say({"type": "ping", "t": 1})
        await zoe.until("pong", t=1)
    wait_until_gone(own, [*others[:-1], f"{evening.code}:", "TraceBen"])
    assert media_of(own) == []
    for person, path in ((evening.ben, ""), (evening.hana, "snapshot/?as=console")):
        assert person.ask("GET", path).status_code == 404
    assert evening.hana.client.get("/console/").url.path == "/console/"
    assert evening.zoe.ask("GET", "snapshot/?as=phone").json() == elsewhere
    on_stage.client.close()
    assert "took too long" not in own.log


def test_what_was_answered_at_no_event_goes_with_the_one_it_was_about(own: Server, evening: Evening) -> None:
    """That an event was made, and that somebody came onto its crew: who was answered so was nobody of it yet."""
    hana, mia = evening.hana, Person("Mia", own.other, evening.code)
    keys = [f"an-event-of-{evening.code}", f"accepted-by-mia-{evening.code}"]
    headers = {"X-CSRFToken": hana.csrf(), "Idempotency-Key": keys[0]}
    wanted = {"programme": "open-collaboration-social"}
    made = hana.client.post("/api/v1/events/", json=wanted, headers=headers).raise_for_status().json()["code"]
    invited = Person("Hana", own.base, made, "console")
    invited.client.cookies = hana.client.cookies
    link = invited.ask("POST", "crew/invitations/", {"role": "host"}).raise_for_status().json()["link"]
    token = {"token": link.partition("#")[2], "name": f"TraceMia{made}"}
    mia.ask("GET")
    headers = {"Idempotency-Key": keys[1]}
    mia.client.post("/api/v1/invitation/acceptance/", json=token, headers=headers).raise_for_status()
    # A stored answer goes with its key, which is found again however a database writes the answer.
    words = [*keys, f"TraceMia{made}"]
    assert found(own, words) == set(words)
    own.manage(("erase_event", made, "--confirm", made))
    wait_until_gone(own, words)
    # Of the other event, whose crew asked for the new one, nothing has gone.
    assert hana.ask("GET", "snapshot/?as=console").status_code == 200
    for person in (mia, invited):
        person.client.close()


def test_a_killed_erasure_is_whole_or_never_was(own: Server, evening: Evening) -> None:
    word = f"TraceKill{evening.code}"
    evening.ada.ask("PATCH", "me/", {"spot": word}).raise_for_status()
    before = evening.ada.ask("GET", "snapshot/?as=phone").text

    def killed(place: str) -> int:
        command = [sys.executable, "manage.py", "erase_event", evening.code, "--confirm", evening.code]
        ended = subprocess.run(command, cwd=ROOT, env=own.environment | {"FAILPOINTS": f"{place}=1"})
        assert ended.returncode == -signal.SIGKILL
        return evening.ada.ask("GET").status_code

    assert killed("erasing") == 200
    assert evening.ada.ask("GET", "snapshot/?as=phone").text == before
    assert killed("committed") == 404
    # Nobody does anything about the traces: a process of the server does.
    wait_until_gone(own, [word])


def test_who_writes_meanwhile_is_told_and_leaves_nothing(own: Server, evening: Evening) -> None:
    """Eight phones that correct themselves, join and leave without a pause while the event goes."""
    word = f"TraceRace{evening.code}"
    crowd = [Person(f"{word}{number}", own.other, evening.code) for number in range(8)]
    answers: list[int] = []

    def write(person: Person) -> None:
        person.ask("GET")
        while 404 not in (last := [answer.status_code for answer in something_of(person, word)]):
            answers.extend(last)

    with ThreadPoolExecutor(len(crowd)) as threads:
        writing = [threads.submit(write, person) for person in crowd]
        while answers.count(201) < len(crowd):
            time.sleep(0.01)
        own.manage(("erase_event", evening.code, "--confirm", evening.code))
        for one in writing:
            one.result(PATIENCE_SECONDS)
    for person in crowd:
        person.client.close()
    assert set(answers) <= {200, 201, 204, 403, 429, 503}
    wait_until_gone(own, [word])
    assert "Traceback" not in own.log


def something_of(person: Person, word: str) -> list[httpx.Response]:
    return [
        person.ask("POST", "attendees/", {"name": person.name, "spot": word}),
        person.ask("PATCH", "me/", {"spot": f"{word} {time.monotonic()}"}),
        person.ask("PUT", "me/departure/"),
        person.ask("DELETE", "me/"),
    ]


def test_the_day_comes_by_itself(own: Server, evening: Evening) -> None:
    """With nobody connected; on the large set-up in one of two processes."""
    word = f"TraceDay{evening.code}"
    evening.ada.ask("PATCH", "me/", {"spot": word}).raise_for_status()
    evening.hana.press("start")
    told = evening.ada.ask("GET").json()["event"]
    assert told["erased_on"] is not None
    assert own.manage(("erase_due", "--dry-run")) == [""]
    wait_until_logged(own, "a new day: ")
    own.manage(
        (
            "shell",
            "--verbosity=0",
            "--command=from datetime import timedelta\n"
            "from apps.core.models import Errand\n"
            "from apps.events.models import Event\n"
            f"event = Event.objects.get(code={evening.code!r})\n"
            "event.started_at -= timedelta(days=event.keep_days)\n"
            "event.save()\n"
            "day = Errand.objects.get(name='day')\n"
            "assert day.held_until is None\n"
            "Errand.objects.filter(name='day').update(due_at=day.due_at - timedelta(days=1))",
        )
    )
    wait_until_gone(own, [word])
    assert evening.ada.ask("GET").status_code == 404
    assert evening.zoe.ask("GET").status_code == 200
    days = [line for line in own.log.splitlines() if "a new day: " in line]
    assert len(days) == 2, own.log
    assert "a new day: 1 events erased" in days[1]
