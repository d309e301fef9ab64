"""Writing into streams and reading them again, on whichever database the run has."""

import threading

import pytest
from django.db import connection, connections, transaction

from apps.live import announce, queries, sources
from apps.live.models import Document, Stream
from apps.live.publish import close, publish, publish_each
from apps.live.queries import Changes, Cursor, Snapshot
from apps.live.rebuild import rebuild

pytestmark = pytest.mark.django_db


def test_a_version_is_one_more_and_documents_carry_it() -> None:
    assert [publish("A/public", "event.loaded", {"now": {"step": step}}) for step in range(3)] == [1, 2, 3]
    assert list(Document.objects.values_list("key", "version", "because", "body")) == [
        ("now", 3, "event.loaded", '{"step":2}')
    ]
    assert Stream.objects.get().scope == "A"


def test_texts_are_joined_and_never_encoded_again() -> None:
    publish("A/public", "tip.approved", {"tip": {"text": "“Grüße” </script> \u2028 👩‍🔬"}})
    body = queries.snapshot("A/public").documents["tip"]
    assert body == '{"text":"“Grüße” </script> \u2028 👩‍🔬"}'


def test_a_removed_text_is_gone_from_storage() -> None:
    publish("A/public", "tip.approved", {"tips/1": {"text": "secret"}, "now": {}})
    publish("A/public", "tip.taken_down", {"tips/1": None})
    assert list(Document.objects.filter(key="tips/1").values_list("body", "version")) == [(None, 2)]
    assert queries.snapshot("A/public").documents == {"now": "{}"}
    found = queries.changes("A/public", Stream.objects.get().epoch, 1)
    assert found == Changes(Stream.objects.get().epoch, 1, 2, ["tip.taken_down"], {"tips/1": None})


def test_changes_are_everything_after_and_nothing_before() -> None:
    for step in range(5):
        publish("A/public", f"step.{step}", {f"k{step}": step, "now": step})
    epoch = Stream.objects.get().epoch
    found = queries.changes("A/public", epoch, 2)
    assert found == Changes(epoch, 2, 5, ["step.2", "step.3", "step.4"], {"k2": "2", "k3": "3", "k4": "4", "now": "4"})
    assert queries.changes("A/public", epoch, 5) == Changes(epoch, 5, 5, [], {})


@pytest.mark.parametrize(("epoch", "since"), [("another", 1), ("", 0), (None, 6)])
def test_another_epoch_or_the_future_gets_a_snapshot(epoch: str | None, since: int) -> None:
    publish("A/public", "event.loaded", {"now": {}})
    own = Stream.objects.get().epoch
    assert queries.changes("A/public", own if epoch is None else epoch, since) == Snapshot(own, 1, {"now": "{}"})


def test_a_stream_nobody_published_to_is_empty() -> None:
    assert queries.snapshot("A/public") == Snapshot("", 0, {})
    assert queries.heads(["A"]) == {}
    assert queries.heads([]) == {}


def test_many_streams_take_the_same_few_queries(django_assert_num_queries) -> None:
    gate = 1 if connection.vendor == "postgresql" else 0
    for number in (1, 400):
        changes = {f"A/attendee/{index:03}": {"group": {"index": index}, "now": None} for index in range(number)}
        with django_assert_num_queries(gate + (2 if number == 1 else 3)):  # 800 documents are two statements
            versions = publish_each("round.opened", changes)
        assert set(versions) == set(changes)
        with django_assert_num_queries(1):
            found = queries.read({name: Cursor() for name in changes})
        assert [found[f"A/attendee/{index:03}"].documents for index in range(number)] == [
            {"group": f'{{"index":{index}}}'} for index in range(number)
        ]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_published_outside_a_transaction() -> None:
    for act in (lambda: publish("A/public", "x.y", {"k": 1}), lambda: close(["A/public"])):
        with pytest.raises(transaction.TransactionManagementError):
            act()
    assert not Stream.objects.exists()


def test_instants_have_one_form_and_nonsense_is_refused() -> None:
    from apps.core import clock

    for document in (clock.now(), {"at": clock.now()}, {"set": {1}}, object(), "\ud800"):
        with pytest.raises(TypeError):
            publish("A/public", "x.y", {"k": document})


def test_a_closed_stream_keeps_nothing_and_takes_nothing_in() -> None:
    publish("A/attendee/ada", "attendee.joined", {"attendee": {"name": "Ada"}})
    close(["A/attendee/ada", "A/attendee/never-heard-of"])
    first = Stream.objects.get(name="A/attendee/ada").closed_at
    close(["A/attendee/ada"])
    publish("A/attendee/ada", "round.opened", {"group": {}})
    assert not Document.objects.exists()
    assert {name: head.closed for name, head in queries.heads(["A"]).items()} == {
        "A/attendee/ada": True,
        "A/attendee/never-heard-of": True,
    }
    assert Stream.objects.get(name="A/attendee/ada").closed_at == first
    assert queries.snapshot("A/attendee/ada").closed


def test_only_what_was_committed_is_announced(django_capture_on_commit_callbacks) -> None:
    heard: list[dict] = []
    announce.listeners.append(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            publish_each("round.opened", {"A/public": {"now": 1}, "A/crew": {"q": 1}})
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            publish("A/public", "round.opened", {"now": 2})
            transaction.set_rollback(True)
    finally:
        announce.listeners.remove(heard.append)
    assert heard == [{"A/public": 1, "A/crew": 1}]


def test_a_listener_that_fails_does_not_reach_the_writer(django_capture_on_commit_callbacks, caplog) -> None:
    def broken(_heads: announce.Heads) -> None:
        raise RuntimeError("the loop is gone")

    announce.listeners.append(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            publish("A/public", "round.opened", {"now": 1})
    finally:
        announce.listeners.remove(broken)
    assert "a listener failed" in caplog.text


def test_a_rebuild_is_a_new_epoch_with_what_is_true(monkeypatch) -> None:
    publish_each("event.loaded", {"A/public": {"now": {"step": 1}, "stale": {}}, "A/crew": {"gone": {}}})
    publish("B/public", "event.loaded", {"now": {}})
    close(["A/stage/old"])
    before = queries.heads(["A", "B"])
    sheaf = {"A/public": {"now": {"step": 2}}, "A/attendee/ada": {"attendee": {}}, "A/stage/old": {"x": 1}}
    monkeypatch.setattr(sources, "registered", [lambda code: sheaf if code == "A" else {}])
    assert rebuild("A") == 3
    after = queries.heads(["A", "B"])
    assert queries.snapshot("A/public").documents == {"now": '{"step":2}'}
    assert queries.snapshot("A/crew").documents == {}
    assert queries.snapshot("A/attendee/ada").documents == {"attendee": "{}"}
    assert queries.snapshot("A/stage/old").closed
    assert queries.snapshot("A/stage/old").documents == {}
    assert after["A/public"].epoch != before["A/public"].epoch
    assert after["A/public"].version > before["A/public"].version
    assert after["B/public"] == before["B/public"]


def test_two_sources_may_not_claim_the_same_document(monkeypatch) -> None:
    monkeypatch.setattr(sources, "registered", [lambda code: {"A/public": {"now": 1}}] * 2)
    with pytest.raises(ValueError, match="now"):
        sources.gather("A")


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap_and_lose_nothing() -> None:
    """Eight writers on two streams each, at once or one after the other, in opposite orders: no deadlock, and every
    version was taken once.
    """
    taken: list[int] = []
    failed: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for turn in range(20):
                names = ["A/public", "A/crew"] if writer % 2 else ["A/crew", "A/public"]
                with transaction.atomic():
                    if turn % 2:
                        versions = publish_each("x.y", {name: {f"{writer}-{turn}": turn} for name in names})
                    else:
                        versions = {name: publish(name, "x.y", {f"{writer}-{turn}": turn}) for name in names}
                taken.append(versions["A/public"])
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert sorted(taken) == list(range(1, 161))
    assert len(queries.snapshot("A/public").documents) == len(queries.snapshot("A/crew").documents) == 160
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_writers_never_sees_a_version_without_its_documents() -> None:
    """Tailing by version misses nothing: the counter is taken last, so versions follow commits."""
    stop = threading.Event()
    failed: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for turn in range(25):
                with transaction.atomic():
                    publish("A/public", "x.y", {f"{writer}-{turn}": turn})
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for writer in writers:
        writer.start()
    seen: dict[str, str | None] = {}
    cursor = Cursor()
    while not stop.is_set():
        if not any(writer.is_alive() for writer in writers):
            stop.set()
        found = queries.changes("A/public", cursor.epoch, cursor.since)
        fresh = found.version - (cursor.since if isinstance(found, Changes) else 0)
        assert len(found.documents) == fresh
        seen |= found.documents
        cursor = Cursor(found.epoch, found.version)
    assert failed == []
    assert len(seen) == 100
