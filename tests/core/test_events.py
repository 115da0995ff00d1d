"""Others hear of a write after its commit, and never instead of it."""

from contextlib import contextmanager

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from participation.core import events

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def hearing(prefix, listener):
    events.listen(prefix, listener)
    try:
        yield
    finally:
        events._listeners[prefix].remove(listener)


def test_a_listener_hears_after_the_commit_and_not_before():
    heard = []
    with hearing("session.", lambda topic, data: heard.append((topic, data))), transaction.atomic():
        events.publish("session.abc", revision=3)
        before = list(heard)
    assert (before, heard) == ([], [("session.abc", {"revision": 3})])


def test_nobody_hears_of_what_was_rolled_back():
    heard = []
    with hearing("session.", lambda topic, data: heard.append(topic)), transaction.atomic():
        events.publish("session.abc")
        transaction.set_rollback(True)
    assert heard == []


def test_a_listener_hears_its_own_topics_only():
    heard = []
    with hearing("session.", lambda topic, data: heard.append(topic)):
        events.publish("board.abc")
    assert heard == []


def test_a_listener_that_fails_keeps_nobody_else_from_hearing(caplog):
    heard = []

    def broken(topic, data):
        raise RuntimeError("broken")

    with hearing("session.", broken), hearing("session.a", lambda topic, data: heard.append(topic)):
        events.publish("session.abc")
    assert heard == ["session.abc"]
    assert "listener failed on session.abc" in caplog.text


def test_listening_twice_is_hearing_once():
    heard = []

    def listener(topic, data):
        heard.append(topic)

    with hearing("session.", listener):
        events.listen("session.", listener)
        events.publish("session.abc")
    assert heard == ["session.abc"]


def test_another_process_gets_one_message_through_the_layer():
    layer = get_channel_layer()

    async def subscribe():
        channel = await layer.new_channel()
        await layer.group_add("board.abc", channel)
        return channel

    channel = async_to_sync(subscribe)()
    events.publish("board.abc", revision=4)
    assert async_to_sync(layer.receive)(channel) == {
        "type": "event",
        "topic": "board.abc",
        "data": {"revision": 4},
    }


def test_a_layer_that_is_away_fails_no_request(settings, caplog):
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
        }
    }
    events.publish("board.abc")
    assert "channel layer did not take board.abc" in caplog.text
