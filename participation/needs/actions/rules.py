"""Rules that several actions share."""

from typing import Any

from participation.core.errors import Forbidden, Unknown
from participation.needs import permissions
from participation.needs.models import Evidence, Need
from participation.organisations.models import Organisation
from participation.projects.models import Project


def require(allowed: bool) -> None:
    if not allowed:
        raise Forbidden


def may_write(organisation: Organisation, actor: Any, project: Project | None) -> None:
    """Research is this person's work, and the project is ours or lets us contribute."""
    require(permissions.may_research(actor, organisation))
    require(permissions.may_write_in(organisation, project))


def must_see(organisation: Organisation, *rows: Need | Evidence) -> None:
    """Another organisation's rows are unknown here, unless a project shares them."""
    for row in rows:
        if not type(row).objects.visible_to(organisation).filter(pk=row.pk).exists():
            raise Unknown


def own_need(need: Need, organisation: Organisation) -> Need:
    """Locked for writing. Only the organisation that wrote a need changes its words."""
    own = Need.objects.select_for_update().of(organisation).filter(pk=need.pk).first()
    if own is None:
        raise Unknown
    return own
