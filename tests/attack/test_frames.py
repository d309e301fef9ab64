"""Conversations over websockets, whole and bent, of each kind of screen; many more by `python -m tests.attack.fuzz`."""

import asyncio

import pytest

from tests.servers.people import Evening

from . import frames

CONVERSATIONS = 100


@pytest.mark.slow
@pytest.mark.parametrize("screen", frames.SCREENS)
def test_every_conversation_ends_as_the_protocol_says(evening: Evening, screen: str) -> None:
    found = asyncio.run(frames.fuzz(evening, screen, CONVERSATIONS, seed=2026))
    assert found.total() == CONVERSATIONS
    assert 10 < found["whole"] < 60
    assert len(found) > 15
