"""The door for http and websockets."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
http = get_asgi_application()

from participation.core.static_files import StaticFiles  # noqa: E402
from participation.core.worker import WithWorker  # noqa: E402  (these need the apps to be loaded)
from participation.live.entrance import Entrance  # noqa: E402
from participation.live.routing import consumer, websocket  # noqa: E402

pages = StaticFiles(Entrance(http, consumer))
application = WithWorker(ProtocolTypeRouter({"http": pages, "websocket": websocket}))
