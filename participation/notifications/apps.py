from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "participation.notifications"
    label = "notifications"

    def ready(self) -> None:
        from participation.organisations.staff_menu import Door, register

        from . import listeners

        listeners.listen()
        register(Door(_("Start"), "notifications:start", "home", 10))
