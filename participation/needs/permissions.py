"""Who may do what with notes, quotes and needs. An owner may do everything."""

from typing import Any

from participation.organisations.models import Organisation, Role
from participation.organisations.permissions import has_role, is_staff_member
from participation.projects.models import Admission, Project


def may_note(user: Any, organisation: Organisation) -> bool:
    """Write a field note: everybody on staff."""
    return is_staff_member(user, organisation)


def may_read_notes(user: Any, organisation: Organisation) -> bool:
    """Read the notes of colleagues too; everybody reads their own."""
    return has_role(user, organisation, Role.FACILITATOR, Role.RESEARCHER)


def may_see_needs(user: Any, organisation: Organisation) -> bool:
    """See the board with its quotes: everybody on staff."""
    return is_staff_member(user, organisation)


def may_research(user: Any, organisation: Organisation) -> bool:
    """Read all texts, quote them, and write needs."""
    return has_role(user, organisation, Role.RESEARCHER)


def may_decide(user: Any, organisation: Organisation) -> bool:
    """Say what is shown to residents, and why a need is not taken up."""
    return has_role(user, organisation, Role.RESEARCHER, Role.EDITOR)


def may_make_programme(user: Any, organisation: Organisation) -> bool:
    """Write down what is done about a need."""
    return has_role(user, organisation, Role.EDITOR)


def may_write_in(organisation: Organisation, project: Project | None) -> bool:
    """In no project, in an own one, or in one that admitted us to contribute."""
    if project is None or project.organisation_id == organisation.pk:
        return True
    return Admission.objects.filter(
        project=project, organisation=organisation, level=Admission.Level.CONTRIBUTE
    ).exists()
