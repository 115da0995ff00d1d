from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "participation.needs"
    label = "needs"

    def ready(self) -> None:
        from participation.organisations.staff_menu import Door, register

        from . import lost_quotes, permissions

        lost_quotes.watch()
        register(Door(_("Needs"), "needs:board", "sprout", 20, permissions.may_see_needs))
        register(Door(_("Read and quote"), "needs:sources", "quote", 30, permissions.may_research))
        register(Door(_("Field notes"), "needs:notes", "note", 40, permissions.may_note))
