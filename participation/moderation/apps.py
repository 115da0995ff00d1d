from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "participation.moderation"
    label = "moderation"

    def ready(self) -> None:
        from participation.core import erasure
        from participation.organisations import staff_menu

        from . import permissions, queries
        from .holder import HOLDER

        erasure.register(HOLDER)
        staff_menu.register(
            staff_menu.Door(
                _("Moderation"),
                "moderation:queue",
                "shield",
                position=60,
                allowed=lambda user, organisation: bool(permissions.kinds(user, organisation)),
                count=queries.count,
            )
        )
