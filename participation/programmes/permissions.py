"""Who may make programmes."""

from typing import Any

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role


def may_publish(user: Any, organisation: Organisation) -> bool:
    """Publish and take back a programme: editors."""
    return has_role(user, organisation, Role.EDITOR)
