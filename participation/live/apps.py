from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "participation.live"
    label = "live"

    def ready(self) -> None:
        from participation.core import erasure, events

        from .actions.gate import follow_thread
        from .actions.quick import follow_moderation
        from .holder import HOLDER
        from .seats import companions

        events.listen("thread.", follow_thread)
        events.listen("thread.", follow_moderation)
        erasure.register(HOLDER)
        erasure.register_companions(companions)
