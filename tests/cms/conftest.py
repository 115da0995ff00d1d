"""A whole house: organisations with their sites and pages."""

import pytest

from cms.actions import create_organisation


@pytest.fixture
def house(db):
    """An organisation with its pages, on the host of the test client."""
    return create_organisation(name="Library", slug="library", hostname="testserver", is_default=True)


@pytest.fixture
def other_house(db):
    return create_organisation(name="Buur", slug="buur", hostname="buur.example")
