from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    name = "participation.contributions"
    label = "contributions"

    def ready(self) -> None:
        from participation.core import erasure
        from participation.organisations import staff_menu

        from .holder import HOLDER

        erasure.register(HOLDER)
        staff_menu.register(staff_menu.Door(_("Ideas"), "contributions:staff_ideas", "idea", position=50))
