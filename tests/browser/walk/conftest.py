"""The demo, loaded once for each file, and somebody who walks through it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from .town import demo_town


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, browser, tmp_path_factory):
    with django_db_blocker.unblock(), demo_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def transactional_db():
    """Not swept behind each test: `town` does it behind the last."""


@pytest.fixture
def site(town, transactional_db):
    """For `visitor`."""
    return town


@pytest.fixture
def walker(town, visitor):
    """A browser that is the phone of a resident who took part in everything; with `is_staff` the owner's."""

    def walker(language: str, width: int, *, is_staff: bool = False, **more: Any) -> Page:
        page = visitor(language=language, width=width, height=800, **more)
        town.is_resident(page)
        if is_staff:
            town.let_in(page, town.owner)
        return page

    return walker
