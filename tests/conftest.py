"""Fixtures for all tests."""

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from participation.live.guesses import GUESSES
from tests import shelf
from tests.factories import OrganisationFactory
from tests.template import Template

TransactionTestCase._fixture_teardown = lambda _self: (
    shelf.sweep()
)  # instead of emptying all tables and beginning anew


@pytest.fixture(scope="session")
def migrated():
    return Template()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated, django_db_blocker):
    with django_db_blocker.unblock():
        migrated.copy()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, migrated, django_db_blocker):
    with django_db_blocker.unblock():
        migrated.keep()
        shelf.remember_floor()
    yield
    with django_db_blocker.unblock():
        migrated.drop()


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """Every test begins in the site's own language: a request leaves its language behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def nobody_guessed() -> None:
    """Wrong join codes of one test slow down no other."""
    GUESSES.clear()


@pytest.fixture(autouse=True)
def own_layer() -> None:
    """Each test has a channel layer of its own: what a loop was waiting for when it ended stays locked in it."""
    channel_layers.backends.clear()


@pytest.fixture
def organisation(db):
    """The first organisation, on the host `testserver`'s default site."""
    return OrganisationFactory(default=True)


@pytest.fixture
def neighbour(db):
    """Another organisation with a site of its own: `buur.example`."""
    return OrganisationFactory(name="Buur", slug="buur", hostname="buur.example")


@pytest.fixture
async def own_thread():
    """The thread of `in_thread` lets go of its connection, or the test database could not be removed."""
    yield
    await sync_to_async(connections.close_all)()
