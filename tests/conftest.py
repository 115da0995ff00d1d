"""Fixtures for all tests."""

from collections.abc import Generator

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from tests.factories import OrganisationFactory, lay_floor


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """A test with real transactions sweeps the database empty behind it: the next one finds what migrations put there.
    Behind the last one there is no database any more, unless it is kept."""
    result = yield
    marker = item.get_closest_marker("django_db")
    swept = marker is not None and marker.kwargs.get("transaction")
    is_there = nextitem is not None or item.config.getoption("reuse_db")
    if is_there and (swept or "transactional_db" in getattr(item, "fixturenames", ())):
        with item.config.stash[blocking_manager_key].unblock():
            lay_floor()
    return result


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """Every test begins in the site's own language: a request leaves its language behind in the thread."""
    translation.deactivate()


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
