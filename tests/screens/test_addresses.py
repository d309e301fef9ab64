"""Where others reach us."""

import pytest
from django.test import RequestFactory, override_settings

from apps.screens import addresses


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "local_network_address", lambda: "192.0.2.7")


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8000", "http://192.0.2.7:8000"),
        ("127.0.0.1:9000", "http://192.0.2.7:9000"),
        ("[::1]:8000", "http://192.0.2.7:8000"),
        ("localhost", "http://192.0.2.7"),
        ("party.local:8000", "http://party.local:8000"),
        ("10.0.0.5", "http://10.0.0.5"),
        ("[fd00::5]:8000", "http://[fd00::5]:8000"),
        ("[fd00::5]", "http://[fd00::5]"),
    ],
)
@override_settings(ORIGINS=[], ALLOWED_HOSTS=["*"])
def test_a_host_of_the_laptop_alone_becomes_one_of_the_network(at_home: None, host: str, origin: str) -> None:
    assert addresses.origin(RequestFactory().get("/", headers={"host": host})) == origin


@pytest.mark.parametrize(
    ("listens_on", "origin"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("::1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://192.0.2.7:8000"),
        ("::", "http://192.0.2.7:8000"),
    ],
)
@override_settings(ORIGINS=[], ALLOWED_HOSTS=["*"])
def test_who_listens_to_the_laptop_alone_names_no_address_of_the_network(
    at_home: None, monkeypatch: pytest.MonkeyPatch, listens_on: str, origin: str
) -> None:
    monkeypatch.setattr("apps.core.address.listens_on", listens_on)
    assert addresses.origin(RequestFactory().get("/", headers={"host": "127.0.0.1:8000"})) == origin


@override_settings(ORIGINS=["https://social.example.org", "https://other.example.org"], ALLOWED_HOSTS=["*"])
def test_the_first_origin_that_was_set_is_the_one_that_is_shown(at_home: None) -> None:
    assert addresses.origin(RequestFactory().get("/", headers={"host": "localhost"})) == "https://social.example.org"


@override_settings(ORIGINS=[], ALLOWED_HOSTS=["*"])
def test_a_laptop_without_a_network_keeps_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "local_network_address", lambda: "")
    assert addresses.origin(RequestFactory().get("/", headers={"host": "localhost:8000"})) == "http://localhost:8000"
