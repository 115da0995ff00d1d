from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        from participation.organisations.permissions import may_manage_members
        from participation.organisations.staff_menu import Door, register

        from . import signals  # noqa: F401  (registers the receivers)
        from .access import may_enter_admin

        register(Door(_("Pages of the site"), "wagtailadmin_home", "file", 80, allowed=may_enter_admin))
        register(Door(_("Members"), "members", "users", 90, allowed=may_manage_members))
