"""A whole house: organisations with their sites and pages."""

import pytest

from cms.actions import add_member, create_organisation
from participation.people.actions import account_for
from participation.people.models import User
from tests import shelf
from tests.cms import factories as make


@pytest.fixture
def house(db):
    """An organisation with its pages, on the host of the test client."""
    return shelf.ready(
        create_organisation, name="Library", slug="library", hostname="testserver", is_default=True
    )


@pytest.fixture
def other_house(db):
    return shelf.ready(create_organisation, name="Buur", slug="buur", hostname="buur.example")


@pytest.fixture
def project(house):
    return make.project_page(house)


@pytest.fixture
def as_role(house, client):
    """The test client, logged in as somebody with this role at `house`."""

    def log_in(role):
        user = account_for(f"{role}@library.example", name=role.title())
        if not user.memberships.exists():
            add_member(house, user, role)
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return log_in
