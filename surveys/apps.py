from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from participation.core import erasure
        from participation.organisations import staff_menu

        from . import signals  # noqa: F401  (it listens)
        from .holder import HOLDER

        erasure.register(HOLDER)
        staff_menu.register(staff_menu.Door(_("Surveys"), "surveys:staff_surveys", "chart", position=45))
