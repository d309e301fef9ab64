"""Nothing happens twice: one key, one run, one answer."""

import threading

import pytest
from django.db import connection, transaction

from apps.core.idempotency import fingerprint, once
from apps.core.models import Answer
from apps.core.refusal import Refusal

KEY = "k" * 22


@pytest.mark.django_db
def test_the_second_request_gets_the_first_ones_answer() -> None:
    runs: list[int] = []

    def run() -> tuple[int, object]:
        runs.append(1)
        return 201, {"name": "Ada"}

    answers = [once("device:ada", KEY, "print", run) for _time in range(2)]
    assert answers == [(201, {"name": "Ada"})] * 2
    assert runs == [1]


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused() -> None:
    once("device:ada", KEY, "print", lambda: (201, {}))
    with pytest.raises(Refusal) as refused:
        once("device:ada", KEY, "another", lambda: (201, {}))
    assert (refused.value.code, refused.value.status) == ("key_reused", 422)


@pytest.mark.django_db
def test_somebody_elses_key_is_another_key() -> None:
    assert once("device:ada", KEY, "print", lambda: (201, "ada")) == (201, "ada")
    assert once("device:ben", KEY, "print", lambda: (201, "ben")) == (201, "ben")


@pytest.mark.django_db
def test_a_refused_run_leaves_nothing_behind() -> None:
    def refuse() -> tuple[int, object]:
        Answer.objects.create(owner="trace", key="trace", fingerprint="")
        raise Refusal("closed", "Closed.")

    with pytest.raises(Refusal):
        once("device:ada", KEY, "print", refuse)
    assert Answer.objects.count() == 0
    assert once("device:ada", KEY, "print", lambda: (201, {})) == (201, {})


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_run_once() -> None:
    runs: list[int] = []
    answers: list[tuple[int, object]] = []
    together = threading.Barrier(20)

    def run() -> tuple[int, object]:
        assert transaction.get_connection().in_atomic_block
        runs.append(1)
        return 201, {"run": len(runs)}

    def ask() -> None:
        together.wait()
        try:
            answers.append(once("device:ada", KEY, "print", run))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(201, {"run": 1})] * 20


def test_a_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert fingerprint("POST", {"a": 1, "b": 2}) == fingerprint("POST", {"b": 2, "a": 1})
    assert fingerprint("POST", {"a": 1}) != fingerprint("PUT", {"a": 1})
