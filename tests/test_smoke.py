from participation.organisations.permissions import has_role
from tests.factories import staff


def test_a_role_counts_in_its_own_organisation_only(organisation, neighbour):
    user = staff(organisation, "editor")
    assert [has_role(user, organisation, "editor"), has_role(user, neighbour, "editor")] == [True, False]
