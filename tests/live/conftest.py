"""A server of its own for each test, in the test's event loop."""

import pytest
from channels.routing import URLRouter
from django.urls import path

from participation.live.consumers import LiveConsumer
from participation.live.doors import guarded


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
