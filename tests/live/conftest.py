"""A server of its own for each test, in the test's event loop."""

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from django.db import connections
from django.urls import path

from participation.live.consumers import LiveConsumer
from participation.live.doors import guarded


@pytest.fixture
async def own_thread():
    """The thread of `in_thread` lets go of its connection, or the test database could not be removed."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
def servers(own_thread):
    """Make one or more processes' worth of server: `application = servers()`."""
    made = []

    def make():
        consumer = LiveConsumer()
        made.append(consumer)
        application = URLRouter([path("ws/live/<str:code>/", guarded(consumer))])
        application.consumer = consumer
        return application

    yield make
    for consumer in made:
        if consumer.hall is not None:
            consumer.hall.close()


@pytest.fixture
def application(servers):
    return servers()
