"""The websocket's address: `/ws/live/<code>/`."""

from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from .consumers import LiveConsumer
from .doors import guarded

consumer = LiveConsumer()

websocket = URLRouter(
    [
        path("ws/live/<str:code>/", guarded(consumer)),
        re_path(r"", WebsocketDenier.as_asgi()),
    ]
)
