"""Fixtures for all tests."""

import pytest

from tests.factories import OrganisationFactory


@pytest.fixture
def organisation(db):
    """The first organisation, on the host `testserver`'s default site."""
    return OrganisationFactory(default=True)


@pytest.fixture
def neighbour(db):
    """Another organisation with a site of its own: `buur.example`."""
    return OrganisationFactory(name="Buur", slug="buur", hostname="buur.example")
