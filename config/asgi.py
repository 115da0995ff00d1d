"""The door for http and websockets."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
http = get_asgi_application()

from participation.core.worker import WithWorker  # noqa: E402  (these need the apps to be loaded)
from participation.live.routing import websocket  # noqa: E402

application = WithWorker(ProtocolTypeRouter({"http": http, "websocket": websocket}))
