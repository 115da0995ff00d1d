from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "participation.live"
    label = "live"

    def ready(self) -> None:
        from participation.core import erasure, events

        from .actions.gate import follow_thread
        from .holder import HOLDER

        events.listen("thread.", follow_thread)
        erasure.register(HOLDER)
